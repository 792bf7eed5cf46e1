import type { Seconds } from './facts.ts'
import type { RfmBounds } from './policy/value-settings.ts'

/** One client who bought, as far as the RFM scores go. */
export interface Buyer {
  readonly lastAt: Seconds
  readonly purchases: number
  readonly ltv: number
}

const DAY = 86_400
const QUINTILES = [0.2, 0.4, 0.6, 0.8] as const

/** Under so many buyers five groups of them mean nothing. */
export const MIN_BUYERS = 25

/** Bounds between fifths. Equal ones are pushed up to the next whole number, so that they rise. */
const rising = (values: readonly number[], least: number): number[] => {
  const sorted = values.toSorted((one, other) => one - other)
  const bounds: number[] = []
  for (const share of QUINTILES) {
    const value = Math.ceil(sorted[Math.floor(share * sorted.length)] ?? least)
    bounds.push(Math.max(value, least, (bounds.at(-1) ?? Number.NEGATIVE_INFINITY) + 1))
  }
  return bounds
}

/**
 * Bounds that cut the account's buyers into fifths, to be shown to the admin and applied only by him; null: too few
 * buyers. Where many buyers are alike (most bought once) the fifths cannot be even.
 */
export const suggestRfm = (buyers: readonly Buyer[], now: Seconds): RfmBounds | null =>
  buyers.length < MIN_BUYERS
    ? null
    : {
        recencyDays: rising(
          buyers.map((buyer) => Math.max(0, now - buyer.lastAt) / DAY),
          1,
        ),
        frequency: rising(
          buyers.map((buyer) => buyer.purchases),
          2,
        ),
        monetary: rising(
          buyers.map((buyer) => buyer.ltv),
          0,
        ),
      }
