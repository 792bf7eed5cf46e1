interface Identified {
  readonly id: number
}

/**
 * Items ordered by a numeric key, equal keys by id. Appending at the end, where new and just changed items go, is
 * cheap; anything else costs one binary search and one move of memory.
 */
export class OrderedIndex<T extends Identified> {
  readonly #key: (item: T) => number
  readonly #items: T[] = []

  constructor(key: (item: T) => number) {
    this.#key = key
  }

  get items(): readonly T[] {
    return this.#items
  }

  add(item: T): void {
    const last = this.#items.at(-1)
    if (last === undefined || this.#compare(last, item) < 0) this.#items.push(item)
    else this.#items.splice(this.#place(this.#key(item), item.id), 0, item)
  }

  /** Adds many at once with a single sort. */
  addAll(items: readonly T[]): void {
    for (const item of items) this.#items.push(item)
    this.#items.sort((a, b) => this.#compare(a, b))
  }

  /** Must be called while the item still has the key it was added under. */
  remove(item: T): void {
    const at = this.#place(this.#key(item), item.id)
    if (this.#items[at] === item) this.#items.splice(at, 1)
  }

  /** Index of the first item whose key is at least `key`. */
  lowerBound(key: number): number {
    return this.#place(key, Number.NEGATIVE_INFINITY)
  }

  #place(key: number, id: number): number {
    let low = 0
    let high = this.#items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const item = this.#items[middle]
      if (item === undefined) break
      const itemKey = this.#key(item)
      if (itemKey < key || (itemKey === key && item.id < id)) low = middle + 1
      else high = middle
    }
    return low
  }

  #compare(a: T, b: T): number {
    return this.#key(a) - this.#key(b) || a.id - b.id
  }
}
