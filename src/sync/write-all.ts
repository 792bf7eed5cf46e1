import type { EntityPatch } from '../amocrm/amo-api.ts'
import type { Verdict } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import type { JournalEntry } from '../store/journal.ts'
import type { AccountContext } from './account-context.ts'
import type { DoneWrite } from './apply-writes.ts'
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
  return Promise.all(
    writes.map(async (write) => {
      const outcome = await context.api.update(write.type, write.patch, options.priority)
      if (outcome.type === 'refused') {
        const where = {
          accountId: context.id,
          client: clientKey(doc.ref),
          entity: write.type,
          entityId: write.patch.id,
        }
        context.log.error({ ...where, errors: outcome.errors }, 'amoCRM refused a write')
      }
      return { write, outcome, endedAt: context.clock() }
    }),
  )
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
