import type { EntityPatch, WriteOutcome } from '../amocrm/amo-api.ts'
import { isFrozen } from '../segmentation/desired.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { answersOf } from './answers-of.ts'
import { withWritten } from './apply-writes.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import { decideSettled } from './decide-settled.ts'
import type { PlannedWrite } from './plan.ts'
import { RunChange, type Standing } from './run-changes.ts'
import { type LeftEntity, type RunReport, RunReportDraft } from './run-report.ts'

/** Entities taken back at once: their reads and writes fill whole batches. */
const AT_ONCE = 2_000

/** Entities whose changes are gathered by one walk through the journal: what of them is held in memory meanwhile. */
const PER_WALK = 20_000

/**
 * Takes back what a run wrote: each entity stands again as before the run's first write, if it still stands as the run's
 * last one left it. The clients are held at their present answers, or the next look would write the same again. May be
 * repeated: what is back already stays. Null: the signal stopped it in the middle.
 */
export async function undo(context: AccountContext, run: string, signal: AbortSignal): Promise<RunReport | null> {
  const draft = new RunReportDraft(run)
  const done = new Set<string>()
  for (;;) {
    if (signal.aborted) return null
    const changes = await nextChanges(context, run, done)
    if (changes.length === 0) break
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      if (signal.aborted) return null
      await undoSome(context, run, changes.slice(at, at + AT_ONCE), draft)
    }
  }
  await draft.addKept(context.journal.actionsOf(context.id, run))
  return draft.report()
}

async function undoSome(
  context: AccountContext,
  run: string,
  changes: readonly RunChange[],
  draft: RunReportDraft,
): Promise<void> {
  const undone = await Promise.allSettled(changes.map((change) => undoOne(context, run, change)))
  for (const [index, { entity, entityId, client }] of changes.entries()) {
    const one = undone[index]
    // Thrown only when all have ended: a repetition must not meet them.
    if (one?.status !== 'fulfilled') throw one?.reason
    if (one.value === 'restored') draft.addRestored()
    else draft.addLeft({ entity, entityId, client, outcome: one.value })
  }
}

/** All changes of some entities that are not done yet, and notes them as done. */
async function nextChanges(context: AccountContext, run: string, done: Set<string>): Promise<RunChange[]> {
  const changes = new Map<string, RunChange>()
  for await (const entries of context.journal.ofRun(context.id, run)) {
    for (const entry of entries) {
      const key = `${entry.entity}/${entry.entityId}`
      if (done.has(key)) continue
      const known = changes.get(key)
      if (!known && changes.size >= PER_WALK) continue
      const change = known ?? new RunChange(entry)
      change.addEarlier(entry)
      changes.set(key, change)
    }
  }
  for (const key of changes.keys()) done.add(key)
  return [...changes.values()]
}

async function undoOne(
  context: AccountContext,
  run: string,
  change: RunChange,
): Promise<'restored' | LeftEntity['outcome']> {
  const standing = await readStanding(context, change)
  if (!standing) return 'gone'
  const stands = change.stands(standing)
  if (stands === 'neither') return 'changed_since'
  if (stands === 'as_before') return 'restored'
  if (await isClientFrozen(context, change, standing)) return 'frozen'

  const { patch, entry } = change.inverse(`undo-${run}`)
  await hold(context, change.client)
  await context.journal.record(context.id, [entry])
  const outcome = await context.api.update(change.entity, patch, 'due')
  await noteWritten(context, change, patch, outcome)
  return outcome.type === 'written' ? 'restored' : outcome.type
}

/** The entity as it stands in amoCRM this moment; the calls of neighbours go out together. */
async function readStanding(context: AccountContext, { entity, entityId }: RunChange): Promise<Standing | null> {
  if (entity === 'leads') {
    const lead = await context.api.lead(entityId, 'due')
    return lead && { ...lead, status: { pipelineId: lead.pipelineId, statusId: lead.statusId } }
  }
  const card = await (entity === 'contacts'
    ? context.api.contact(entityId, 'due')
    : context.api.company(entityId, 'due'))
  return card && { ...card, status: null }
}

async function isClientFrozen(
  context: AccountContext,
  { entity, client }: RunChange,
  { tags }: Standing,
): Promise<boolean> {
  const doc = await context.mirror.read(context.id, client)
  if (!doc?.card) return false
  const card = entity === 'leads' ? doc.card : { ...doc.card, tags }
  return isFrozen(clientFacts({ ...doc, card }), context.compiled)
}

/** Leaves the client as he stands for as long as he is answered as now. */
async function hold(context: AccountContext, ref: ClientRef): Promise<void> {
  await context.mirror.update(context.id, ref, (doc) => {
    if (!doc?.card) return doc
    const facts = clientFacts({ ...doc, card: doc.card })
    const isClient = countsAsClient(context, doc)
    const held = answersOf(isClient ? decideSettled(facts, context.compiled, nowSeconds(context)) : null)
    return doc.held === held ? doc : { ...doc, held }
  })
}

async function noteWritten(
  context: AccountContext,
  { entity, client }: RunChange,
  patch: EntityPatch,
  outcome: WriteOutcome,
): Promise<void> {
  const write: PlannedWrite = { type: entity, patch, movedFrom: null, fieldsBefore: {} }
  const done = [{ write, outcome, endedAt: context.clock() }]
  await context.mirror.update(context.id, client, (doc: ClientDoc | null) => doc && withWritten(doc, done))
}
