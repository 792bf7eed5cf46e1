import type { ClientReading } from '../client-reading.ts'
import { isOpenDeal } from '../deal-state.ts'
import type { DealFacts } from '../facts.ts'

/** One client before the rules, and the deal a rule about deals is asked about. */
export interface RuleSubject {
  readonly reading: ClientReading
  /** The deal in question; null for rules about the client. */
  deal: DealFacts | null
  /** The deal created first (of equals the lower id), the client's card aside; null without deals. */
  readonly firstDeal: DealFacts | null
  /** The deal created last (of equals the higher id), the client's card aside; null without deals. */
  readonly lastDeal: DealFacts | null
}

/** The client's own card in the client-base pipeline: while it is open it is no deal with him. */
export const isCard = (deal: DealFacts, { policy }: ClientReading): boolean =>
  deal.pipelineId === policy.cardPipelineId && isOpenDeal(deal)

export const ruleSubject = (reading: ClientReading): RuleSubject => {
  let firstDeal: DealFacts | null = null
  let lastDeal: DealFacts | null = null
  for (const deal of reading.deals) {
    if (isCard(deal, reading)) continue
    if (firstDeal === null || deal.createdAt < firstDeal.createdAt) firstDeal = deal
    if (lastDeal === null || deal.createdAt >= lastDeal.createdAt) lastDeal = deal
  }
  return { reading, deal: null, firstDeal, lastDeal }
}
