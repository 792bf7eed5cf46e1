import type { Policy } from './policy.ts'

/** One tier of the sum of purchases. */
export interface Tier {
  readonly label: string
  readonly from: number
}

/** The dimension value, made ready for use: tiers from the highest down, bounds in seconds. */
export interface ValueScale {
  readonly tiers: readonly Tier[]
  /** `Infinity`: all time. */
  readonly windowSeconds: number
  readonly windowDays: number | null
  readonly rfm: {
    readonly recencySeconds: readonly number[]
    readonly frequency: readonly number[]
    readonly monetary: readonly number[]
  } | null
}

const DAY = 86_400

export const valueScale = ({ tiers, windowDays, rfm }: Policy['value']): ValueScale => ({
  tiers: tiers.toSorted((one, other) => other.from - one.from),
  windowSeconds: windowDays === null ? Number.POSITIVE_INFINITY : windowDays * DAY,
  windowDays,
  rfm: rfm && {
    recencySeconds: rfm.recencyDays.map((days) => days * DAY),
    frequency: rfm.frequency,
    monetary: rfm.monetary,
  },
})

/** The highest tier whose sum is reached; null: none. */
export const tierOf = (scale: ValueScale, sum: number): Tier | null =>
  scale.tiers.find((tier) => sum >= tier.from) ?? null
