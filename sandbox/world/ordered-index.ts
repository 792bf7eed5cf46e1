interface Identified {
  readonly id: number
}

/**
 * Items ordered by a numeric key, equal keys by id. Additions and removals only wait until somebody reads, and are then
 * worked in together: mass writes between two reads cost one pass.
 */
export class OrderedIndex<T extends Identified> {
  readonly #key: (item: T) => number
  #settled: T[] = []
  readonly #added = new Set<T>()
  readonly #removed = new Set<T>()

  constructor(key: (item: T) => number) {
    this.#key = key
  }

  get items(): readonly T[] {
    this.#settle()
    return this.#settled
  }

  add(item: T): void {
    this.#added.add(item)
  }

  /** Must be called before the item is added again under another key. */
  remove(item: T): void {
    this.#added.delete(item)
    this.#removed.add(item)
  }

  /** Index of the first item whose key is at least `key`. */
  lowerBound(key: number): number {
    const { items } = this
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const item = items[middle]
      if (item !== undefined && this.#key(item) < key) low = middle + 1
      else high = middle
    }
    return low
  }

  #settle(): void {
    if (this.#removed.size > 0) this.#settled = this.#settled.filter((item) => !this.#removed.has(item))
    this.#removed.clear()
    const added = [...this.#added].sort((a, b) => this.#compare(a, b))
    this.#added.clear()
    const [first] = added
    const last = this.#settled.at(-1)
    for (const item of added) this.#settled.push(item)
    // New and just changed items mostly belong at the end.
    const isInOrder = first === undefined || last === undefined || this.#compare(last, first) < 0
    if (!isInOrder) this.#settled.sort((a, b) => this.#compare(a, b))
  }

  #compare(a: T, b: T): number {
    return this.#key(a) - this.#key(b) || a.id - b.id
  }
}
