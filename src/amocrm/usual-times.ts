/** Exchanges of a kind that are remembered. */
const KEPT = 32

/**
 * How long exchanges take when nothing holds them up, by kind. Whatever one takes longer than the fastest of its kind
 * lately, it may have been on its way to amoCRM. The first of a kind is held against the fastest of all kinds, and the very
 * first exchange, over a new connection to a server that may still be waking, against nothing.
 */
export class UsualTimes {
  readonly #recent = new Map<string, number[]>()

  /** Notes how long an exchange took and answers by how much that was longer than usual; ms. */
  delayOf(kind: string, ms: number): number {
    const recent = this.#recent.get(kind)
    const known = recent ?? [...this.#recent.values()].flat()
    this.#recent.set(kind, [...(recent ?? []), ms].slice(-KEPT))
    return known.length === 0 ? ms : Math.max(0, ms - Math.min(...known))
  }
}
