import type { ClientReading } from './client-reading.ts'
import { closingOf, isLostDeal, isOpenDeal } from './deal-state.ts'
import type { DealFacts } from './facts.ts'
import type { StandingReason } from './reason.ts'
import type { StandingSegment } from './verdict.ts'

/** The standing and why, by the facts alone. Time never changes it. */
export interface Standing {
  readonly segment: StandingSegment
  readonly reason: StandingReason
}

const lastLost = (deals: readonly DealFacts[]): DealFacts | null => {
  let last: DealFacts | null = null
  for (const deal of deals) {
    if (isLostDeal(deal) && (last === null || closingOf(deal) >= closingOf(last))) last = deal
  }
  return last
}

const isUnreachable = ({ client }: ClientReading): boolean =>
  !client.hasPhone && !client.hasEmail && client.incomingAt === null

/** Only for clients who never bought; null: no answer. */
export const standingByFacts = (reading: ClientReading): Standing | null => {
  const { deals, policy } = reading
  if (reading.buying !== null) return null
  const open = deals.filter(isOpenDeal)
  if (open.length > 0) {
    const dealIds = open.map((deal) => deal.id)
    return { segment: 'in_work', reason: { code: 'standing.open_deal', facts: { dealIds }, ignored: [] } }
  }
  const lost = lastLost(deals)
  if (lost?.lossReasonId != null && policy.junkReasons.has(lost.lossReasonId)) {
    const facts = { dealId: lost.id, lossReasonId: lost.lossReasonId, lostAt: closingOf(lost) }
    return { segment: 'low_quality', reason: { code: 'standing.junk_reason', facts, ignored: [] } }
  }
  if (isUnreachable(reading)) {
    return { segment: 'low_quality', reason: { code: 'standing.unreachable', facts: {}, ignored: [] } }
  }
  if (lost === null) return null
  const facts = { dealId: lost.id, lossReasonId: lost.lossReasonId, lostAt: closingOf(lost) }
  return { segment: 'refused', reason: { code: 'standing.lost_deal', facts, ignored: [] } }
}
