/** Full batches in a row that pass before a shrunken size grows again. */
const SUCCESSES_TO_GROW = 10
const GROWTH = 1.25

/** How many items go into one request: as many as allowed, fewer after amoCRM timed out, slowly more again. */
export class BatchSize {
  readonly #max: number
  #current: number
  #successes = 0

  /** @param max amoCRM reads and writes at most 250 at once ("limits") */
  constructor(max = 250) {
    this.#max = max
    this.#current = max
  }

  get current(): number {
    return this.#current
  }

  /** Another process came to this size. */
  become(size: number): void {
    if (size === this.#current) return
    this.#current = Math.min(this.#max, size)
    this.#successes = 0
  }

  /** A batch of `tried` was too heavy. */
  shrink(tried: number): void {
    this.#current = Math.max(1, Math.min(this.#current, Math.floor(tried / 2)))
    this.#successes = 0
  }

  /** A batch of `count` passed. Smaller ones than allowed say nothing about larger ones. */
  succeeded(count: number): void {
    if (this.#current === this.#max || count < this.#current || ++this.#successes < SUCCESSES_TO_GROW) return
    this.#current = Math.min(this.#max, Math.ceil(this.#current * GROWTH))
    this.#successes = 0
  }
}
