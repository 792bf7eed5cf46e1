import { isDeepStrictEqual } from 'node:util'
import type { Priority } from '../amocrm/amo-api.ts'
import { isFrozen } from '../segmentation/desired.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import { type PlannedAction, planActions } from '../segmentation/plan-actions.ts'
import { segmentsOf } from '../segmentation/transitions.ts'
import type { ClientRef, Verdict } from '../segmentation/verdict.ts'
import type { CardFacts, ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import { movesBetween } from '../store/transitions.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { answersOf } from './answers-of.ts'
import { type DoneWrite, withWritten } from './apply-writes.ts'
import { unfinishedBackfill } from './backfill-state.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import { originOf } from './deal-source.ts'
import { decideSettled } from './decide-settled.ts'
import { type CardMaking, ensureCard, missingCard } from './ensure-card.ts'
import { figuresOf } from './figures-of.ts'
import { lookAtCard, readDeals } from './look.ts'
import { lookAtDisputed } from './look-at-written.ts'
import { type PlannedWrite, planWrites } from './plan.ts'
import { writeAll } from './write-all.ts'
import type { WriteBreaker } from './write-breaker.ts'

/** Before anything is written, what it is written to must have been read within this time, ms. */
const FRESH_FOR_MS = 60_000

/** Rounds of "somebody changed it meanwhile" before the queue is asked to try later. */
const MAX_ROUNDS = 12

export interface ReconcileOptions {
  readonly priority: Priority
  /** Name of the run in the journal. */
  readonly run: string
  /** Null: mass work is not counted by the breaker, it writes once. */
  readonly breaker: WriteBreaker | null
  /**
   * What becomes of a client that is held (see `ClientDoc.held`): left (default), released and written, or, for one
   * that is not, held from now on instead of written.
   */
  readonly held?: 'leave' | 'release' | 'hold'
}

export type ReconcileResult =
  | {
      readonly type: 'settled'
      readonly writes: number
      readonly verdict: Verdict | null
      /** Keys of the actions that were intended and are now to be carried out. */
      readonly intents: readonly string[]
    }
  /** Nothing is known of the client, or amoCRM does not have it any more. */
  | { readonly type: 'absent' }
  /** Written too often: left alone until then. */
  | { readonly type: 'set_aside'; readonly until: number }

interface Judgement {
  readonly now: number
  readonly facts: ClientFacts
  readonly verdict: Verdict | null
  readonly writes: readonly PlannedWrite[]
  /** The answers under which the client is left as he stands; null: he is not. */
  readonly held: string | null
}

type KnownDoc = ClientDoc & { readonly card: CardFacts }

/**
 * Makes amoCRM agree with the policy for one client: decide, compare, write the difference, remember. Reads from the
 * mirror, which every event keeps fresh; what it is about to write to is read again unless it was read just now.
 */
export async function reconcile(
  context: AccountContext,
  ref: ClientRef,
  options: ReconcileOptions,
): Promise<ReconcileResult> {
  let writes = 0
  let isSeen = false
  let isCardRefused = false
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const doc = await context.mirror.read(context.id, ref)
    if (!doc) return { type: 'absent' }
    if (!isKnown(doc)) {
      await lookAtCard(context, ref, options.priority)
      continue
    }
    const judgement = judge(context, doc, options)
    if (!isSeen && (await isHalfSeen(context, doc, judgement, options.priority))) {
      // Once: deals that the card does not name, which may be, are always read after it.
      isSeen = true
      await lookAtCard(context, ref, options.priority)
      continue
    }
    const mayHaveCard = judgement.held === null && !isCardRefused
    const card = mayHaveCard ? missingCard(context, judgement.facts, judgement.verdict) : null
    const making: CardMaking | null = card && (await ensureCard(context, doc, card, options))
    if (making?.type === 'changed') continue
    if (making?.type === 'refused') isCardRefused = true
    const lookAt = making?.type === 'later' ? judgement.now + making.seconds : null
    if (judgement.writes.length === 0) {
      const intents = await remember(context, doc, judgement, [], options, lookAt)
      if (intents) return { type: 'settled', writes, verdict: judgement.verdict, intents }
      continue
    }
    if (await refreshStale(context, doc, writesAtStake(judgement.writes, options.priority), options.priority)) continue

    const breaker = await options.breaker?.check(context.id, judgement.writes, judgement.now)
    if (breaker?.type === 'open') return setAside(context, ref, judgement.writes, breaker.until)

    const done = await writeAll(context, doc, judgement.writes, judgement.verdict, options)
    writes += done.filter(({ outcome }) => outcome.type === 'written').length
    if (done.some(({ outcome }) => outcome.type === 'gone')) await lookAgain(context, ref, done, options.priority)
    else {
      const intents = await remember(context, doc, judgement, done, options, lookAt)
      if (intents) return { type: 'settled', writes, verdict: judgement.verdict, intents }
    }
    // Somebody changed the document while we wrote. What was written stands all the same: note it, decide again.
    const { before } = await context.mirror.update(context.id, ref, (current) => current && withWritten(current, done))
    await lookAtDisputed(context, doc, before, done, options.priority)
  }
  throw new Error(`client ${clientKey(ref)} of account ${context.id} keeps changing while it is reconciled`)
}

function isKnown(doc: ClientDoc): doc is KnownDoc {
  return doc.card !== null
}

function judge(context: AccountContext, doc: KnownDoc, { held = 'leave' }: ReconcileOptions): Judgement {
  const now = nowSeconds(context)
  const facts = clientFacts(doc)
  const verdict = countsAsClient(context, doc) ? decideSettled(facts, context.compiled, now) : null
  const writes = planWrites(facts, verdict, context.compiled, context.retiredTags, context.retiredFields)
  const answers = answersOf(verdict)
  const isHeld = held === 'hold' ? writes.length > 0 : held === 'leave' && doc.held === answers
  return isHeld ? { now, facts, verdict, writes: [], held: answers } : { now, facts, verdict, writes, held: null }
}

/**
 * Whether something would be done that can't be taken back although there may be deals nobody has looked at yet: one of
 * the client's was read after his card, which names them all. Their own hooks may be late, or lost.
 */
async function isHalfSeen(
  context: AccountContext,
  doc: KnownDoc,
  judgement: Judgement,
  priority: Priority,
): Promise<boolean> {
  if (doc.deals.every((deal) => deal.readAt <= doc.card.readAt)) return false
  return (await entryActions(context, doc, judgement, priority)).length > 0
}

/**
 * The writes that may not rest on an old reading. Mass work has read everything a while ago, and tags do no harm; but a
 * deal that was won meanwhile must not be moved out of it.
 */
function writesAtStake(writes: readonly PlannedWrite[], priority: Priority): readonly PlannedWrite[] {
  return priority === 'backfill' ? writes.filter(({ movedFrom }) => movedFrom !== null) : writes
}

/** Reads again whatever is about to be written and was not read just now; answers whether anything was. */
async function refreshStale(
  context: AccountContext,
  doc: KnownDoc,
  writes: readonly PlannedWrite[],
  priority: Priority,
): Promise<boolean> {
  if (writes.length === 0) return false
  const oldest = context.clock() - FRESH_FOR_MS
  const written = new Set(writes.filter(({ type }) => type === 'leads').map(({ patch }) => patch.id))
  const staleDeals = doc.deals.filter((deal) => written.has(deal.id) && deal.readAt < oldest).map((deal) => deal.id)
  const staleCard = doc.card.readAt < oldest
  await Promise.all([
    staleCard ? lookAtCard(context, doc.ref, priority) : null,
    staleDeals.length > 0 ? readDeals(context, staleDeals, priority, [doc.ref]) : null,
  ])
  return staleCard || staleDeals.length > 0
}

async function setAside(
  context: AccountContext,
  ref: ClientRef,
  writes: readonly PlannedWrite[],
  until: number,
): Promise<ReconcileResult> {
  const entities = writes.map(({ type, patch }) => `${type}/${patch.id}`)
  context.log.warn({ accountId: context.id, client: clientKey(ref), entities, until }, 'written too often, set aside')
  await context.mirror.update(context.id, ref, (doc) => doc && { ...doc, dueAt: until })
  return { type: 'set_aside', until }
}

async function lookAgain(
  context: AccountContext,
  ref: ClientRef,
  done: readonly DoneWrite[],
  priority: Priority,
): Promise<void> {
  const gone = done.filter(({ outcome }) => outcome.type === 'gone').map(({ write }) => write)
  const deals = gone.filter(({ type }) => type === 'leads').map(({ patch }) => patch.id)
  await Promise.all([
    deals.length > 0 ? readDeals(context, deals, priority, [ref]) : null,
    gone.length > deals.length ? lookAtCard(context, ref, priority) : null,
  ])
}

/**
 * Writes the answer into the mirror, and in the same step what follows from it: the transition, the actions to be
 * carried out. Answers their keys; null when the document is not the one that was judged any more.
 *
 * @param lookAt when something unfinished is to be looked at again, seconds; null: nothing is.
 */
async function remember(
  context: AccountContext,
  doc: KnownDoc,
  judgement: Judgement,
  done: readonly DoneWrite[],
  { priority, run }: ReconcileOptions,
  lookAt: number | null,
): Promise<string[] | null> {
  const { verdict, facts, now, held } = judgement
  if (!verdict) return (await forget(context, doc, held, isFrozen(facts, context.compiled))) ? [] : null
  const segments = segmentsOf(verdict)
  const dueAt = lookAt === null ? verdict.nextChangeAt : Math.min(lookAt, verdict.nextChangeAt ?? lookAt)
  const figures = figuresOf(facts, verdict, context.compiled)
  const isSame = doc.decided !== null && isDeepStrictEqual(segments, { ...doc.decided, at: segments.at })
  const isKept = isDeepStrictEqual(figures, doc.figures)
  if (isSame && isKept && done.length === 0 && doc.dueAt === dueAt && doc.held === held) return []

  const written = { ...withWritten(doc, done), held, dueAt, figures }
  if (isSame) return (await context.mirror.commit(context.id, doc, written)) ? [] : null

  const actions = await entryActions(context, doc, judgement, priority)
  const fired = { ...doc.fired, ...Object.fromEntries(actions.map(({ actionId }) => [actionId, now])) }
  const alongside = [
    ...context.transitions.record(context.id, doc.ref, doc.decided, segments, {
      responsibleUserId: facts.responsibleUserId,
      ltv: verdict.value.ltv,
      ...originOf(facts.deals, context.compiled),
    }),
    ...context.intents.store(
      context.id,
      actions.map((action) => ({ client: doc.ref, action, run, at: now })),
    ),
  ]
  const isDone = await context.mirror.commit(context.id, doc, { ...written, decided: segments, fired }, alongside)
  if (!isDone) return null
  context.events?.moved?.(movesBetween(doc.decided, segments))
  return actions.map(({ key }) => key)
}

/** Who is no client is not kept, unless what stands on him is to be left as it is, for now or until he is unfrozen. */
function forget(context: AccountContext, doc: KnownDoc, held: string | null, frozen: boolean): Promise<boolean> {
  const isKept = held !== null || frozen
  return context.mirror.commit(context.id, doc, isKept ? { ...doc, held, dueAt: null } : null)
}

/** What the client's move is to cause. Who is first decided while the base is still read has not just come either. */
async function entryActions(
  context: AccountContext,
  { decided, fired }: KnownDoc,
  { verdict, facts, held }: Judgement,
  priority: Priority,
): Promise<PlannedAction[]> {
  if (!verdict || held !== null || isFrozen(facts, context.compiled)) return []
  const plan = (backfill: boolean) =>
    planActions(decided, verdict, facts, context.compiled, {
      backfill,
      lastFiredAt: (actionId) => fired[actionId] ?? null,
    })
  if (priority === 'backfill') return plan(true)
  const actions = plan(false)
  if (actions.length === 0 || decided !== null) return actions
  return (await unfinishedBackfill(context.notes)) ? plan(true) : actions
}
