/** Keeps the newest few of any number of things, without holding them all. */
export class Newest<Item extends { readonly at: number }> {
  readonly #most: number
  #kept: Item[] = []

  constructor(most: number) {
    this.#most = most
  }

  add(item: Item): void {
    this.#kept.push(item)
    // Sorted now and then only: a walk meets a hundred thousand of them.
    if (this.#kept.length >= this.#most * 50) this.#kept = this.list()
  }

  /** The newest first. */
  list(): Item[] {
    return this.#kept.sort((one, other) => other.at - one.at).slice(0, this.#most)
  }
}
