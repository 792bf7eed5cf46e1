import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import { decide } from '../segmentation/decide.ts'
import { cardDeal, desiredState, isFrozen } from '../segmentation/desired.ts'
import type { ClientFacts, Seconds } from '../segmentation/facts.ts'
import type { Verdict } from '../segmentation/verdict.ts'

/**
 * The verdict on a client whose card stands where the policy wants it. The card is a deal like any other, so moving it
 * may change an answer (its temperature, a rule); without foresight the client would be written twice. One step is
 * enough: where the card stands follows from the purchases alone, and a card is no purchase.
 */
export function decideSettled(client: ClientFacts, policy: CompiledPolicy, now: Seconds): Verdict {
  const verdict = decide(client, policy, now)
  if (policy.cardPipelineId === null) return verdict
  const { card } = desiredState(client, verdict, policy)
  const standing = card && !isFrozen(client, policy) ? cardDeal(client, policy) : null
  if (!card || !standing || standing.statusId === card.statusId) return verdict
  const moved = { ...standing, statusId: card.statusId, statusSince: now }
  const deals = client.deals.map((deal) => (deal.id === standing.id ? moved : deal))
  return decide({ ...client, deals }, policy, now)
}
