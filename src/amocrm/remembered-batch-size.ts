import type { AccountTraits } from './account-traits.ts'
import { BatchSize } from './batch-size.ts'

/**
 * A batch size that is the account's, not the process's: what amoCRM could not bear in one process, no other one and
 * none after a restart tries again at once. It grows back as slowly everywhere.
 */
export class RememberedBatchSize {
  readonly #size = new BatchSize()
  readonly #traits: AccountTraits
  readonly #name: string

  constructor(traits: AccountTraits, name: string) {
    this.#traits = traits
    this.#name = name
  }

  /** Takes up what was learnt, here or elsewhere. */
  async load(): Promise<void> {
    const stored = Number(await this.#traits.get(this.#name))
    if (Number.isInteger(stored) && stored > 0) this.#size.become(stored)
  }

  get current(): number {
    return this.#size.current
  }

  /** A batch of `tried` was too heavy. */
  shrink(tried: number): Promise<void> {
    return this.#changed(() => this.#size.shrink(tried))
  }

  /** A batch of `count` passed. */
  succeeded(count: number): Promise<void> {
    return this.#changed(() => this.#size.succeeded(count))
  }

  /** A size that can't be stored costs another batch that is too large, not the write that was made. */
  async #changed(change: () => void): Promise<void> {
    const before = this.#size.current
    change()
    if (this.#size.current === before) return
    await this.#traits.set(this.#name, String(this.#size.current)).catch(() => undefined)
  }
}
