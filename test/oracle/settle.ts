import type { CompiledPolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { cardDeal, desiredState, isFrozen, ownedTags } from '../../src/segmentation/desired.ts'
import type { ClientFacts, DealFacts, FieldFacts } from '../../src/segmentation/facts.ts'
import type { Desired } from '../../src/segmentation/verdict.ts'
import { isOpen } from './naive-dimensions.ts'

const written = (fields: FieldFacts, wanted: Desired['fields']): FieldFacts => {
  const others = Object.entries(fields).filter(([id]) => !(id in wanted))
  const shown = Object.entries(wanted).flatMap(([id, option]) =>
    option === null ? [] : [[id, { values: [option] }] as const],
  )
  return Object.fromEntries([...others, ...shown])
}

/** The client as he stands after everything wanted for him at an instant was written. */
export const afterWrites = (client: ClientFacts, policy: CompiledPolicy, now: number): ClientFacts => {
  if (isFrozen(client, policy)) return client
  const desired = desiredState(client, decide(client, policy, now), policy)
  const card = cardDeal(client, policy)
  const tagged = (tags: readonly string[], wanted: readonly string[]): string[] => {
    const kept = tags.filter((tag) => !ownedTags(policy).has(tag) || wanted.includes(tag))
    return [...kept, ...new Set(wanted.filter((tag) => !tags.includes(tag)))]
  }
  const dealAfter = (deal: DealFacts): DealFacts => {
    if (!isOpen(deal)) return deal
    const tags = tagged(deal.tags, [...desired.dealTags, ...(desired.tagsByDeal[deal.id] ?? [])])
    const target = desired.card
    if (target === null || deal.id !== card?.id || deal.statusId === target.statusId) return { ...deal, tags }
    return { ...deal, tags, statusId: target.statusId, statusSince: now, updatedAt: now }
  }
  return {
    ...client,
    tags: tagged(client.tags, desired.clientTags),
    fields: written(client.fields, desired.fields),
    deals: client.deals.map(dealAfter),
  }
}
