/**
 * Several pieces of mass work under way at once, so that their writes fill whole batches. They end in the order in
 * which they began.
 */
export class WorkWindow<T> {
  readonly #size: number
  readonly #onDone: (result: T) => Promise<void>
  readonly #underWay: Promise<T>[] = []

  /** @param onDone called with each result, oldest first, one at a time. */
  constructor(size: number, onDone: (result: T) => Promise<void>) {
    this.#size = size
    this.#onDone = onDone
  }

  /** Takes a piece in; waits for the oldest when there are too many. Rejects as the oldest did. */
  async add(work: Promise<T>): Promise<void> {
    // Awaited later: a failure meanwhile must not count as unhandled.
    work.catch(() => undefined)
    this.#underWay.push(work)
    if (this.#underWay.length > this.#size) await this.#endOldest()
  }

  /** Waits for all of them. */
  async drain(): Promise<void> {
    while (this.#underWay.length > 0) await this.#endOldest()
  }

  async #endOldest(): Promise<void> {
    const oldest = this.#underWay.shift()
    if (oldest) await this.#onDone(await oldest)
  }
}
