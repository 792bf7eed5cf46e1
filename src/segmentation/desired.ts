import type { CompiledPolicy } from './compile-policy.ts'
import { isOpenDeal } from './deal-state.ts'
import type { ClientFacts, DealFacts } from './facts.ts'
import type { Desired, Verdict } from './verdict.ts'

type DimensionName = 'lifecycle' | 'temperature' | 'standing' | 'value'

const DIMENSIONS = ['lifecycle', 'temperature', 'standing', 'value'] as const satisfies readonly DimensionName[]

/** The name each dimension's segment bears in this account, as tag and as option; null: no answer. */
const namesOf = (verdict: Verdict, { names }: CompiledPolicy): Readonly<Record<DimensionName, string | null>> => ({
  lifecycle: names.lifecycle[verdict.lifecycle.segment],
  temperature: names.temperature[verdict.temperature.segment],
  standing: verdict.standing && names.standing[verdict.standing.segment],
  value: verdict.value.tier,
})

const distinct = (names: readonly (string | null | undefined)[]): string[] => [
  ...new Set(names.filter((name) => typeof name === 'string')),
]

/** A client with the stop tag is frozen: nothing is written to it or its deals until the tag goes. */
export const isFrozen = (client: ClientFacts, policy: CompiledPolicy): boolean =>
  client.tags.some((tag) => tag.trim().toLowerCase() === policy.stopTag)

/**
 * The client's card: his open deal in the client-base pipeline, the newest if there are several. Null: he has none, or the
 * policy has no such pipeline.
 */
export const cardDeal = (client: ClientFacts, policy: CompiledPolicy): DealFacts | null => {
  let card: DealFacts | null = null
  for (const deal of client.deals) {
    if (deal.pipelineId !== policy.cardPipelineId || !isOpenDeal(deal)) continue
    const newer = card === null || deal.createdAt > card.createdAt
    if (newer || (deal.createdAt === card?.createdAt && deal.id > card.id)) card = deal
  }
  return card
}

const cardOf = (verdict: Verdict, { card }: CompiledPolicy['policy']): Desired['card'] => {
  const statusId = card?.statuses[verdict.lifecycle.segment]
  return card === null || statusId === undefined
    ? null
    : { pipelineId: card.pipelineId, statusId, create: card.createCard }
}

const tagsByDeal = (client: ClientFacts, verdict: Verdict, { ruleTags }: CompiledPolicy): Desired['tagsByDeal'] => {
  const byDeal: Record<number, string[]> = {}
  for (const { ruleId, dealId } of verdict.rules) {
    const tag = dealId === null ? undefined : ruleTags.get(ruleId)
    if (dealId === null || tag === undefined) continue
    if (!client.deals.some((deal) => deal.id === dealId && isOpenDeal(deal))) continue
    byDeal[dealId] = distinct([...(byDeal[dealId] ?? []), tag])
  }
  return byDeal
}

/** What should stand in amoCRM for a verdict, whatever stands there now. */
export const desiredState = (client: ClientFacts, verdict: Verdict, policy: CompiledPolicy): Desired => {
  const names = namesOf(verdict, policy)
  const { targets } = policy.policy
  const clientRules = verdict.rules.filter((match) => match.dealId === null)
  const fields: Record<number, string | null> = {}
  for (const dimension of DIMENSIONS) {
    const fieldId = policy.targetFields[client.kind][dimension]
    if (fieldId !== null) fields[fieldId] = names[dimension]
  }
  return {
    clientTags: distinct([
      ...DIMENSIONS.map((dimension) => (targets[dimension].clientTags ? names[dimension] : null)),
      ...clientRules.map((match) => policy.ruleTags.get(match.ruleId)),
    ]),
    dealTags: distinct(DIMENSIONS.map((dimension) => (targets[dimension].dealTags ? names[dimension] : null))),
    tagsByDeal: tagsByDeal(client, verdict, policy),
    fields,
    card: cardOf(verdict, policy.policy),
  }
}

/**
 * Every tag this policy could ever set: of each dimension that writes tags, and of each rule that is on. No other tag is
 * ever removed.
 */
export const ownedTags = (policy: CompiledPolicy): ReadonlySet<string> => policy.ownedTags
