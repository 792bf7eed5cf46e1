import { createHash } from 'node:crypto'
import { compilePolicy } from '../segmentation/compile-policy.ts'
import { decide } from '../segmentation/decide.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import { planActions } from '../segmentation/plan-actions.ts'
import type { Policy } from '../segmentation/policy.ts'
import { policyTags } from '../segmentation/policy-tags.ts'
import { segmentsOf } from '../segmentation/transitions.ts'
import type { ClientRef, Verdict } from '../segmentation/verdict.ts'
import type { ClientDoc, Decided } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import { everyClient } from '../store/every-client.ts'
import { countedSegments } from '../store/index-changes.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import { type PlannedWrite, planWrites } from './plan.ts'
import { PreviewCost } from './preview-cost.ts'

/** Examples shown per move. */
const EXAMPLES = 5

/** A move between two segments of a dimension, and who makes it. */
export interface PreviewMove {
  readonly dimension: string
  readonly from: string | null
  readonly to: string | null
  readonly clients: number
  readonly examples: readonly ClientRef[]
}

/** What a policy would do to the whole base. */
export interface Preview {
  readonly clients: number
  /** Clients by `dimension:segment`, as they stand and as they would. */
  readonly before: Readonly<Record<string, number>>
  readonly after: Readonly<Record<string, number>>
  /** Only moves to another segment, the largest first. */
  readonly moves: readonly PreviewMove[]
  readonly cost: ReturnType<PreviewCost['total']>
  /** The same for the same writes to the same clients: tells whether the base changed since. */
  readonly fingerprint: string
}

/** What a policy would change, computed from the mirror alone: no call to amoCRM, nothing written anywhere. */
export async function preview(
  context: AccountContext,
  policy: Policy,
  limits: { readonly requestsPerSecond: number },
): Promise<Preview> {
  const next = { ...context, policy, compiled: compilePolicy(policy, context.compiled.account) }
  const retired = retiredTags(context, policy)
  const before = new Map<string, number>()
  const after = new Map<string, number>()
  const moves = new Map<string, MoveDraft>()
  const cost = new PreviewCost(limits.requestsPerSecond)
  const now = nowSeconds(context)
  let clients = 0
  let fingerprint = 0n
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) {
      if (!doc.card) continue
      clients += 1
      const facts = clientFacts({ ...doc, card: doc.card })
      const verdict = countsAsClient(next, doc) ? decide(facts, next.compiled, now) : null
      const writes = planWrites(facts, verdict, next.compiled, retired)
      countMoves(doc, verdict, { before, after, moves })
      cost.add(writes, tasksOf(next, doc.decided, facts, verdict))
      for (const write of writes) fingerprint ^= digest(doc.ref, write)
    }
  }
  return {
    clients,
    before: Object.fromEntries(before),
    after: Object.fromEntries(after),
    moves: [...moves.values()].sort((one, other) => other.clients - one.clients),
    cost: cost.total(),
    fingerprint: fingerprint.toString(16),
  }
}

/** Tags that the account's policies set so far and `policy` does not. */
export function retiredTags(context: AccountContext, policy: Policy): ReadonlySet<string> {
  const present = new Set(policyTags(policy))
  const former = [...context.retiredTags, ...policyTags(context.policy)]
  return new Set(former.filter((tag) => !present.has(tag)))
}

interface MoveDraft {
  readonly dimension: string
  readonly from: string | null
  readonly to: string | null
  readonly examples: ClientRef[]
  clients: number
}

interface Counts {
  readonly before: Map<string, number>
  readonly after: Map<string, number>
  readonly moves: Map<string, MoveDraft>
}

function countMoves(doc: ClientDoc, verdict: Verdict | null, { before, after, moves }: Counts): void {
  const from = countedSegments(doc.decided)
  const to = countedSegments(verdict && segmentsOf(verdict))
  for (const dimension of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [left, joined] = [from[dimension] ?? null, to[dimension] ?? null]
    if (left !== null) bump(before, `${dimension}:${left}`)
    if (joined !== null) bump(after, `${dimension}:${joined}`)
    if (left === joined) continue
    const key = `${dimension}:${left}>${joined}`
    const move = moves.get(key) ?? { dimension, from: left, to: joined, examples: [], clients: 0 }
    move.clients += 1
    if (move.examples.length < EXAMPLES) move.examples.push(doc.ref)
    moves.set(key, move)
  }
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function tasksOf(
  context: Pick<AccountContext, 'compiled'>,
  decided: Decided | null,
  facts: ClientFacts,
  verdict: Verdict | null,
): { responsibleUserId: number }[] {
  if (!verdict || context.compiled.policy.actions.length + context.compiled.policy.rules.length === 0) return []
  const actions = planActions(decided, verdict, facts, context.compiled, { backfill: true })
  return actions.flatMap((action) => (action.type === 'task' ? [{ responsibleUserId: action.responsibleUserId }] : []))
}

/** Order of the clients must not matter, so the digests are combined by exclusive or. */
function digest(ref: ClientRef, { type, patch }: PlannedWrite): bigint {
  const text = JSON.stringify([clientKey(ref), type, patch])
  return createHash('sha256').update(text).digest().readBigUInt64BE(0)
}
