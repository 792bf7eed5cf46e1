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
import type { RunChange, Standing } from './run-changes.ts'
import type { LeftEntity, RunReportDraft } from './run-report.ts'

/** Entities taken back at once: their reads and writes fill whole batches. */
const AT_ONCE = 2_000

export interface TakeBack {
  /** The run that takes back, in the journal. */
  readonly run: string
  /** Whether the clients are held at their present answers, or the next look would write the same again. */
  readonly holds: boolean
  readonly draft: RunReportDraft
  readonly signal: AbortSignal
}

/**
 * Makes each entity stand again as before the changes, as far as it still stands as they left it. May be repeated: what is
 * back already stays. False: the signal stopped it in the middle.
 */
export async function takeBack(
  context: AccountContext,
  changes: readonly RunChange[],
  options: TakeBack,
): Promise<boolean> {
  for (let at = 0; at < changes.length; at += AT_ONCE) {
    if (options.signal.aborted) return false
    await takeSomeBack(context, changes.slice(at, at + AT_ONCE), options)
  }
  return !options.signal.aborted
}

async function takeSomeBack(context: AccountContext, changes: readonly RunChange[], options: TakeBack): Promise<void> {
  const { draft } = options
  const taken = await Promise.allSettled(changes.map((change) => takeOneBack(context, change, options)))
  for (const [index, { entity, entityId, client }] of changes.entries()) {
    const one = taken[index]
    // Thrown only when all have ended: a repetition must not meet them.
    if (one?.status !== 'fulfilled') throw one?.reason
    const outcome = one.value
    if (outcome === 'restored' || outcome === 'partly') draft.addRestored()
    if (outcome === 'partly') draft.addLeft({ entity, entityId, client, outcome: 'changed_since' })
    else if (outcome !== 'restored') draft.addLeft({ entity, entityId, client, outcome })
  }
}

async function takeOneBack(
  context: AccountContext,
  change: RunChange,
  { run, holds }: TakeBack,
): Promise<'restored' | 'partly' | LeftEntity['outcome']> {
  const standing = await readStanding(context, change)
  if (!standing) return 'gone'
  const { asLeft, isChangedSince } = change.split(standing)
  if (!asLeft) return isChangedSince ? 'changed_since' : 'restored'
  if (await isClientFrozen(context, change, standing)) return 'frozen'

  const { patch, entry } = asLeft.inverse(run)
  if (holds) await hold(context, change.client)
  await context.journal.record(context.id, [entry])
  const outcome = await context.api.update(change.entity, patch, 'due')
  await noteWritten(context, change, patch, outcome)
  if (outcome.type !== 'written') return outcome.type
  return isChangedSince ? 'partly' : 'restored'
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
