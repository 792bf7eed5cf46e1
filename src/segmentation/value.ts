import type { ClientReading } from './client-reading.ts'
import { TIER } from './dimension-timelines.ts'
import type { Seconds } from './facts.ts'
import { lockedAnswer } from './locks.ts'
import type { ValueReason } from './reason.ts'
import { momentAt, nextChange } from './timeline.ts'
import type { Tier } from './value-scale.ts'
import { fixedScores, recencyScore, tierByFacts, windowSum } from './value-timelines.ts'
import type { ValueAnswer } from './verdict.ts'

export const sooner = (one: Seconds | null, other: Seconds | null): Seconds | null =>
  one === null ? other : other === null ? one : Math.min(one, other)

const scoresAt = (reading: ClientReading, at: Seconds): ValueAnswer['rfm'] => {
  const fixed = fixedScores(reading)
  const recency = fixed && recencyScore(reading, momentAt(at))
  return fixed === null || recency === null ? null : { recency, ...fixed }
}

const averageCheck = ({ occasions, ltv }: ClientReading['purchases']): number | null =>
  occasions.length === 0 ? null : ltv / occasions.length

const reasonOf = (reading: ClientReading, tier: Tier | null, at: Seconds): ValueReason => {
  const { purchases, policy } = reading
  const facts = {
    purchases: purchases.occasions.length,
    ltv: purchases.ltv,
    averageCheck: averageCheck(purchases),
    windowDays: policy.value.windowDays,
    windowSum: windowSum(reading, momentAt(at)),
    tierFrom: tier === null ? null : tier.from,
  }
  return { code: 'value.purchases', facts, ignored: purchases.ignored }
}

/** When the tier or a score next changes, locks left aside. */
const changeByFacts = (reading: ClientReading, at: Seconds): Seconds | null => {
  const { tiers, rfm } = reading.policy.value
  const tier = tiers.length === 0 ? null : nextChange(tierByFacts, reading, at)
  return rfm === null ? tier : sooner(tier, nextChange(recencyScore, reading, at))
}

const lockedValue = (reading: ClientReading, at: Seconds, byFacts: ValueAnswer): ValueAnswer => {
  const locked = lockedAnswer(TIER, reading, at)
  if (locked === null) return byFacts
  const { segment: tier, reason, until, lock } = locked
  const scores = reading.policy.value.rfm === null ? null : nextChange(recencyScore, reading, at)
  return { ...byFacts, tier, reason, until: sooner(until, scores), lock }
}

/** The dimension value at an instant. A tier can be locked by hand; sums and scores cannot. */
export const answerValue = (reading: ClientReading, at: Seconds): ValueAnswer => {
  const { purchases, client } = reading
  const tier = tierByFacts(reading, momentAt(at))
  const byFacts = {
    ltv: purchases.ltv,
    averageCheck: averageCheck(purchases),
    tier: tier === null ? null : tier.label,
    rfm: scoresAt(reading, at),
    reason: reasonOf(reading, tier, at),
    until: changeByFacts(reading, at),
  }
  return client.locks.length === 0 ? byFacts : lockedValue(reading, at, byFacts)
}
