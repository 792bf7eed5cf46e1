import type { ClientReading } from './client-reading.ts'
import type { Seconds } from './facts.ts'
import { type Lockable, lockedAnswer } from './locks.ts'
import type { ValueReason } from './reason.ts'
import { momentAt, nextChange } from './timeline.ts'
import type { Tier } from './value-scale.ts'
import { fixedScores, recencyScore, tierByFacts, windowSum } from './value-timelines.ts'
import type { ValueAnswer } from './verdict.ts'

const lockableTier: Lockable<string> = {
  name: 'value',
  segmentsOf: ({ policy }) => policy.value.tiers.map((tier) => tier.label),
  byFacts: (reading, moment) => tierByFacts(reading, moment)?.label ?? null,
}

const sooner = (one: Seconds | null, other: Seconds | null): Seconds | null =>
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

/** The dimension value at an instant. A tier can be locked by hand; sums and scores cannot. */
export const answerValue = (reading: ClientReading, at: Seconds): ValueAnswer => {
  const { purchases, policy } = reading
  const sums = { ltv: purchases.ltv, averageCheck: averageCheck(purchases) }
  const locked = lockedAnswer(lockableTier, reading, at)
  const tier = tierByFacts(reading, momentAt(at))
  const tierUntil = policy.value.tiers.length === 0 ? null : nextChange(tierByFacts, reading, at)
  const scoresUntil = policy.value.rfm === null ? null : nextChange(recencyScore, reading, at)
  const rfm = policy.value.rfm === null ? null : scoresAt(reading, at)
  if (locked !== null) {
    const { segment, reason, until, lock } = locked
    return { ...sums, tier: segment, rfm, reason, until: sooner(until, scoresUntil), lock }
  }
  const reason = reasonOf(reading, tier, at)
  return { ...sums, tier: tier === null ? null : tier.label, rfm, reason, until: sooner(tierUntil, scoresUntil) }
}
