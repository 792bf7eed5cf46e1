import type { ClientReading } from './client-reading.ts'
import { money } from './purchases.ts'
import { NEVER, oneOff, type Timeline } from './timeline.ts'
import { type Tier, tierOf } from './value-scale.ts'

/** Sum of the occasions that are younger than the policy's window; each occasion leaves it once. */
export const windowSum: Timeline<ClientReading, number> = ({ policy, purchases }, moment) => {
  const { windowSeconds } = policy.value
  oneOff(NEVER, moment)
  if (windowSeconds === NEVER) return purchases.ltv
  const { occasions } = purchases
  let sum = 0
  for (let index = occasions.length - 1; index >= 0; index--) {
    const occasion = occasions[index]
    if (occasion === undefined || occasion.at + windowSeconds <= moment.at) break
    sum += occasion.amount
    oneOff(occasion.at + windowSeconds, moment)
  }
  return money(sum)
}

/** The tier by the facts alone; null: none. It may announce a change that turns out to be none. */
export const tierByFacts: Timeline<ClientReading, Tier | null> = (reading, moment) => {
  oneOff(NEVER, moment)
  const { value } = reading.policy
  return value.tiers.length === 0 ? null : tierOf(value, windowSum(reading, moment))
}

const TOP_SCORE = 5

const scoreOf = (bounds: readonly number[], value: number): number => {
  let score = 1
  for (const bound of bounds) if (value >= bound) score += 1
  return score
}

/** Recency score 1-5: falls as the last purchase gets older; null: no bounds, or he never bought. */
export const recencyScore: Timeline<ClientReading, number | null> = ({ buying, policy }, moment) => {
  const { rfm } = policy.value
  oneOff(NEVER, moment)
  if (rfm === null || buying === null) return null
  const { lastAt } = buying.facts
  let score = TOP_SCORE
  for (const bound of rfm.recencySeconds) {
    if (moment.at < lastAt + bound) {
      oneOff(lastAt + bound, moment)
      return score
    }
    score -= 1
  }
  return score
}

/** Frequency (occasions) and monetary (sum) scores over all purchases; time does not change them. */
export const fixedScores = ({ buying, policy, purchases }: ClientReading) => {
  const { rfm } = policy.value
  return rfm === null || buying === null
    ? null
    : {
        frequency: scoreOf(rfm.frequency, buying.facts.purchases),
        monetary: scoreOf(rfm.monetary, purchases.ltv),
      }
}
