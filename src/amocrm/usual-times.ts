/** Exchanges of a kind that are remembered. */
const KEPT = 32

/**
 * How long exchanges take when nothing holds them up, by kind. Whatever one takes longer than the fastest of its kind
 * lately, it may have been on its way to amoCRM.
 */
export class UsualTimes {
  readonly #recent = new Map<string, number[]>()

  /** Notes how long an exchange took and answers by how much that was longer than usual; ms. */
  delayOf(kind: string, ms: number): number {
    const recent = this.#recent.get(kind) ?? []
    this.#recent.set(kind, [...recent, ms].slice(-KEPT))
    return recent.length === 0 ? 0 : Math.max(0, ms - Math.min(...recent))
  }
}
