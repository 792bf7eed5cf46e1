import { isFrozen } from '../segmentation/desired.ts'
import { type PlannedAction, planActions } from '../segmentation/plan-actions.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { clientFacts, countsAsClient } from './client-facts.ts'
import { decideSettled } from './decide-settled.ts'

/** Rounds of "somebody changed him meanwhile" before the queue is asked to try later. */
const MAX_ROUNDS = 12

export interface SegmentActionsOrder {
  readonly deal: number
  /** Only of this segment, as `dimension:segment` (of a rule `rule:<id>:match`); null: of all he stands in. */
  readonly only: string | null
  /** Seconds: when it was ordered. What was done since then is not done again: orders may come twice. */
  readonly at: number
}

/**
 * Intends what the policy has for the segments a deal's client stands in, as if he had entered them just now, and about
 * this deal where an action is about one. Actions for coming from certain segments only are not among them. Answers the
 * keys of the intents, to be carried out.
 */
export async function intendSegmentActions(context: AccountContext, order: SegmentActionsOrder): Promise<string[]> {
  const owner = (await context.mirror.owners(context.id, [order.deal])).get(order.deal)
  if (owner?.type !== 'client') return []
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const doc = await context.mirror.read(context.id, owner.ref)
    const actions = doc === null ? [] : planned(context, doc, order)
    if (doc === null || actions.length === 0) return []
    if (await intend(context, doc, actions)) return actions.map(({ key }) => key)
  }
  throw new Error(`the client of deal ${order.deal} of account ${context.id} keeps changing`)
}

function planned(context: AccountContext, doc: ClientDoc, { deal, only, at }: SegmentActionsOrder): PlannedAction[] {
  const { compiled } = context
  if (doc.card === null || !countsAsClient(context, doc)) return []
  const facts = clientFacts({ ...doc, card: doc.card })
  if (isFrozen(facts, compiled)) return []
  const now = nowSeconds(context)
  const since = Math.min(at, now)
  const nowhere = { at: since, lifecycle: '', temperature: '', standing: null, tier: null, rules: [] }
  const actions = planActions(nowhere, decideSettled(facts, compiled, now), facts, compiled, {
    ...{ backfill: false, dealId: deal },
    lastFiredAt: (actionId) => doc.fired[actionId] ?? null,
  })
  return actions.filter(({ actionId, cause }) => {
    const isElsewhere = cause.dealId !== null && cause.dealId !== deal
    const isDone = (doc.fired[actionId] ?? Number.NEGATIVE_INFINITY) >= since
    return !isElsewhere && !isDone && (only === null || only === nameOf(cause))
  })
}

/** As the API names segments. */
const nameOf = ({ dimension, ruleId, to }: PlannedAction['cause']): string => {
  if (dimension === 'rule') return `rule:${ruleId}:match`
  return `${dimension === 'value' ? 'tier' : dimension}:${to}`
}

function intend(context: AccountContext, doc: ClientDoc, actions: readonly PlannedAction[]): Promise<boolean> {
  const at = nowSeconds(context)
  const client: ClientRef = doc.ref
  const fired = { ...doc.fired, ...Object.fromEntries(actions.map(({ actionId }) => [actionId, at])) }
  const intents = actions.map((action) => ({ client, action, run: 'pipeline', at }))
  return context.mirror.commit(context.id, doc, { ...doc, fired }, context.intents.store(context.id, intents))
}
