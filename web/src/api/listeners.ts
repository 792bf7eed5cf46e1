/** Those who want to know of a change. */
export class Listeners {
  readonly #all = new Set<() => void>()

  add(listener: () => void): () => void {
    this.#all.add(listener)
    return () => void this.#all.delete(listener)
  }

  call(): void {
    for (const listener of this.#all) listener()
  }
}
