import type { ClientReading } from './client-reading.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { isLostDeal } from './deal-state.ts'
import type { DealFacts } from './facts.ts'
import type { IgnoredDeal, TemperatureReason } from './reason.ts'
import { NEVER, oneOff, type Timeline } from './timeline.ts'
import type { TemperatureSegment } from './verdict.ts'

/** Why a deal says nothing about interest; null: it left the first stages of its pipeline. */
const whyNoInterest = (deal: DealFacts, policy: CompiledPolicy): IgnoredDeal['why'] | null => {
  if (policy.firstStages.has(deal.statusId)) return 'first_stage'
  const junk = isLostDeal(deal) && deal.lossReasonId !== null && policy.junkReasons.has(deal.lossReasonId)
  return junk ? 'junk_reason' : null
}

const movedDeal = ({ deals, policy }: ClientReading): DealFacts | null => {
  for (let index = deals.length - 1; index >= 0; index--) {
    const deal = deals[index]
    if (deal !== undefined && whyNoInterest(deal, policy) === null) return deal
  }
  return null
}

/**
 * The temperature by the facts alone. Locks of the lifecycle do not reach it: a lock answers for its own dimension.
 */
export const temperatureByFacts: Timeline<ClientReading, TemperatureSegment> = (reading, moment) => {
  const { buying, client } = reading
  oneOff(NEVER, moment)
  if (buying !== null) {
    const sleepsAt = Math.max(buying.sleepsAt, buying.newUntil)
    if (moment.at >= sleepsAt) return 'warm'
    oneOff(sleepsAt, moment)
    return 'hot'
  }
  return client.incomingAt !== null || movedDeal(reading) !== null ? 'warm' : 'cold'
}

const noInterest = ({ deals, policy }: ClientReading): TemperatureReason => ({
  code: 'temperature.no_interest',
  facts: { deals: deals.length },
  ignored: deals.flatMap((deal) => {
    const why = whyNoInterest(deal, policy)
    return why === null ? [] : [{ dealId: deal.id, why }]
  }),
})

/** Why the facts alone give that segment. */
export const temperatureReason = (reading: ClientReading, segment: TemperatureSegment): TemperatureReason => {
  const { buying, client } = reading
  if (buying !== null) {
    const code = segment === 'hot' ? 'temperature.buys' : 'temperature.bought_but_sleeps'
    return { code, facts: buying.facts, ignored: reading.purchases.ignored }
  }
  const moved = movedDeal(reading)
  if (moved !== null) {
    const { id, pipelineId, statusId } = moved
    return { code: 'temperature.deal_moved', facts: { dealId: id, pipelineId, statusId }, ignored: [] }
  }
  const { incomingAt } = client
  return incomingAt === null
    ? noInterest(reading)
    : { code: 'temperature.incoming', facts: { incomingAt }, ignored: [] }
}
