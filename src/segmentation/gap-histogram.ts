import type { Seconds } from './facts.ts'

const DAY = 86_400

/** A histogram as it is stored: pairs of a number of days and how many gaps are that long. */
export type StoredGaps = readonly (readonly [days: number, count: number])[]

const wholeDays = (seconds: number) => Math.max(1, Math.ceil(seconds / DAY))

/**
 * Gaps between purchases over a whole account, counted by whole days, each rounded up, a day at least. It holds one number per distinct
 * length, so a few hundred for any account; gaps can be taken out again and two histograms put together without loss.
 * A quantile is therefore a whole number of days: at most a day above the exact one, never below it.
 */
export class GapHistogram {
  readonly #byDays: Map<number, number>
  #count: number

  constructor(stored: StoredGaps = []) {
    this.#byDays = new Map(stored)
    this.#count = stored.reduce((sum, [, count]) => sum + count, 0)
  }

  /** Number of gaps. */
  get count(): number {
    return this.#count
  }

  add(gapSeconds: number, times = 1): void {
    this.#change(wholeDays(gapSeconds), times)
  }

  /** Takes out a gap that was added before, for a client whose purchases changed. */
  remove(gapSeconds: number, times = 1): void {
    this.#change(wholeDays(gapSeconds), -times)
  }

  merge(other: GapHistogram): void {
    for (const [days, count] of other.#byDays) this.#change(days, count)
  }

  /** The shortest whole number of days, in seconds, that at least this share of the gaps does not exceed; null: no gaps. */
  quantile(share: number): Seconds | null {
    let left = Math.max(1, Math.ceil(share * this.#count))
    for (const [days, count] of this.toStored()) {
      left -= count
      if (left <= 0) return days * DAY
    }
    return null
  }

  /** By rising length. */
  toStored(): StoredGaps {
    return [...this.#byDays].sort(([one], [other]) => one - other)
  }

  #change(days: number, by: number): void {
    const count = (this.#byDays.get(days) ?? 0) + by
    if (count > 0) this.#byDays.set(days, count)
    else this.#byDays.delete(days)
    this.#count += by
  }
}
