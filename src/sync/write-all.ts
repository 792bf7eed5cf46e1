import type { EntityPatch, Priority } from '../amocrm/amo-api.ts'
import { digestOf } from '../amocrm/card-state.ts'
import type { Verdict } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import type { EchoEntity, ExpectedEcho } from '../store/echoes.ts'
import type { JournalEntry } from '../store/journal.ts'
import type { AccountContext } from './account-context.ts'
import { type DoneWrite, withWritten } from './apply-writes.ts'
import { lookAtWritten } from './look-at-written.ts'
import type { PlannedWrite } from './plan.ts'
import type { ReconcileOptions } from './reconcile.ts'

/** Makes the writes of one client, each first in the journal. All go at once: the API room batches them. */
export async function writeAll(
  context: AccountContext,
  doc: ClientDoc,
  writes: readonly PlannedWrite[],
  verdict: Verdict | null,
  options: Pick<ReconcileOptions, 'priority' | 'run'>,
): Promise<DoneWrite[]> {
  const reasons = verdict ? reasonCodes(verdict) : ['not_a_client']
  await context.journal.record(
    context.id,
    writes.map((write) => journalEntry(doc, write, reasons, options.run)),
  )
  const after = withWritten(
    doc,
    writes.map((write) => ({ write, outcome: { type: 'written' }, endedAt: context.clock() })),
  )
  const expected = writes.map((write) => ({ write, echo: expectedEcho(after, write.type, write.patch.id) }))
  await context.echoes.expect(
    context.id,
    expected.map(({ echo }) => echo),
  )
  const done = await Promise.all(
    expected.map(({ write, echo }) => writeOne(context, doc, write, echo, options.priority)),
  )
  logWritten(context, doc, done, reasons, options)
  return done
}

async function writeOne(
  context: AccountContext,
  doc: ClientDoc,
  write: PlannedWrite,
  echo: ExpectedEcho,
  priority: Priority,
): Promise<DoneWrite> {
  const { type: entity, patch } = write
  const where = { client: clientKey(doc.ref), entity, entityId: patch.id }
  try {
    const outcome = await context.api.update(entity, patch, priority)
    if (outcome.type === 'refused') context.log.error({ ...where, errors: outcome.errors }, 'amoCRM refused a write')
    const endedAt = context.clock()
    const sinceHookMs = context.cause ? Math.max(0, endedAt - context.cause.at) : null
    context.events?.written?.({ entity, outcome: outcome.type, sinceHookMs })
    const writtenAt = outcome.type === 'written' ? (outcome.updatedAt ?? null) : null
    // Somebody else's change may have passed for the echo of this write.
    if (!(await context.echoes.settle(context.id, echo, writtenAt))) await lookAtWritten(context, doc, write, priority)
    return { write, outcome, endedAt }
  } catch (error) {
    await context.echoes.settle(context.id, echo, null)
    throw error
  }
}

/** Of mass work each line would drown the others; the journal has it all the same. */
function logWritten(
  { log }: AccountContext,
  doc: ClientDoc,
  done: readonly DoneWrite[],
  reasons: readonly string[],
  { run, priority }: Pick<ReconcileOptions, 'priority' | 'run'>,
): void {
  const entities = done
    .filter(({ outcome }) => outcome.type === 'written')
    .map(({ write }) => `${write.type}/${write.patch.id}`)
  if (entities.length === 0) return
  const level = priority === 'backfill' ? 'debug' : 'info'
  log[level]({ client: clientKey(doc.ref), entities, reasons, run }, 'written')
}

/** What the webhook of the write will say, when nobody changes the entity meanwhile. */
function expectedEcho(after: ClientDoc, entity: EchoEntity, id: number): ExpectedEcho {
  const state = entity === 'leads' ? after.deals.find((deal) => deal.id === id) : after.card
  return { entity, id, digest: state ? digestOf(state) : '' }
}

function journalEntry(doc: ClientDoc, write: PlannedWrite, reasons: readonly string[], run: string): JournalEntry {
  return {
    client: doc.ref,
    entity: write.type,
    entityId: write.patch.id,
    run,
    tagsAdded: write.patch.tags?.add ?? [],
    tagsRemoved: write.patch.tags?.remove ?? [],
    statusBefore: write.movedFrom,
    statusAfter: write.patch.status ?? null,
    fieldsBefore: write.fieldsBefore,
    fieldsAfter: fieldValues(write.patch),
    reasons,
  }
}

function fieldValues({ fields = {} }: EntityPatch): JournalEntry['fieldsAfter'] {
  return Object.fromEntries(
    Object.entries(fields).map(([id, change]) => [
      id,
      change === null ? null : 'value' in change ? change.value : change.enumId,
    ]),
  )
}

function reasonCodes(verdict: Verdict): string[] {
  const codes: string[] = [verdict.lifecycle.reason.code, verdict.temperature.reason.code]
  if (verdict.standing) codes.push(verdict.standing.reason.code)
  return codes
}
