import { cardRefs, factsOfClient } from '../../../sandbox/demo/facts-of-world.ts'
import { dealsById } from '../../../src/segmentation/deal-state.ts'
import type { ClientFacts } from '../../../src/segmentation/facts.ts'
import { type Occasion, readPurchases } from '../../../src/segmentation/purchases.ts'
import type { Verdict } from '../../../src/segmentation/verdict.ts'
import type { Trial } from '../../integration/support/start-trial.ts'

export interface JudgedClient {
  readonly facts: ClientFacts
  readonly verdict: Verdict
  readonly name: string
  readonly ltv: number
  readonly occasions: readonly Occasion[]
}

/** Every client as the sandbox's own data says; nothing the service knows is asked. */
export const judgedClients = ({ world, judge }: Trial): JudgedClient[] => {
  const { policy } = judge
  return cardRefs(world).flatMap((ref): JudgedClient[] => {
    const facts = factsOfClient(world, ref, policy.policy.clientEntity)
    const { verdict } = judge.judge(ref)
    if (facts === null || verdict === null) return []
    const { ltv, occasions } = readPurchases(dealsById(facts.deals), policy)
    const card = ref.kind === 'contact' ? world.contacts.get(ref.id) : world.companies.get(ref.id)
    return [{ facts, verdict, name: card?.name ?? '', ltv, occasions }]
  })
}
