interface Entry<V> {
  readonly value: V
  readonly expiresAt: number
}

/** Remembers a bounded number of values for a while; the oldest makes room for a new one. */
export class ExpiringMap<K, V> {
  readonly #entries = new Map<K, Entry<V>>()
  readonly #lifeMs: number
  readonly #capacity: number
  readonly #now: () => number

  /** @param now milliseconds of any steady clock */
  constructor(lifeMs: number, capacity: number, now: () => number = () => performance.now()) {
    this.#lifeMs = lifeMs
    this.#capacity = capacity
    this.#now = now
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.expiresAt > this.#now()) return entry.value
    this.#entries.delete(key)
    return undefined
  }

  set(key: K, value: V): void {
    this.#entries.delete(key)
    this.#entries.set(key, { value, expiresAt: this.#now() + this.#lifeMs })
    if (this.#entries.size <= this.#capacity) return
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined) this.#entries.delete(oldest)
  }
}
