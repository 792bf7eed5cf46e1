import type { ClientReading } from '../client-reading.ts'
import type { DealFacts } from '../facts.ts'

/** One client before the rules, and the deal a rule about deals is asked about. */
export interface RuleSubject {
  readonly reading: ClientReading
  /** The deal in question; null for rules about the client. */
  deal: DealFacts | null
  /** The deal created first (of equals the lower id); null without deals. */
  readonly firstDeal: DealFacts | null
  /** The deal created last (of equals the higher id); null without deals. */
  readonly lastDeal: DealFacts | null
}

export const ruleSubject = (reading: ClientReading): RuleSubject => {
  let firstDeal: DealFacts | null = null
  let lastDeal: DealFacts | null = null
  for (const deal of reading.deals) {
    if (firstDeal === null || deal.createdAt < firstDeal.createdAt) firstDeal = deal
    if (lastDeal === null || deal.createdAt >= lastDeal.createdAt) lastDeal = deal
  }
  return { reading, deal: null, firstDeal, lastDeal }
}
