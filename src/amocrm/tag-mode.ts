import { type AccountTraits, Trait } from './account-traits.ts'
import { type Deferred, deferred } from './deferred.ts'

/**
 * How tags are written in this account. `delta`: `tags_to_add` and `tags_to_delete`, which leave other people's tags
 * alone (amoCRM since 2024). `whole`: the full set, read just before, where amoCRM refuses or ignores those keys.
 * Which one it is, the account's first write with tags finds out: one batch, read back once.
 */
export class TagMode {
  readonly #trait: Trait<'delta' | 'whole'>
  #trial: Deferred<void> | null = null

  constructor(traits: AccountTraits) {
    this.#trait = new Trait(traits, 'tags', ['delta', 'whole'])
  }

  /** Null: nobody knows yet. Waits for the outcome of a trial under way. */
  async settled(): Promise<'delta' | 'whole' | null> {
    await this.#trial?.promise
    await this.#trait.load()
    return this.#trait.value
  }

  /** What is known at this moment. */
  get known(): 'delta' | 'whole' | null {
    return this.#trait.value
  }

  /** Whether the caller's next batch is the trial; then `endTrial` has to follow. */
  beginTrial(): boolean {
    if (this.#trial !== null || this.#trait.value !== null) return false
    this.#trial = deferred()
    return true
  }

  /** After it, the next batch with tags may be a trial again, unless `learn` was called. */
  endTrial(): void {
    this.#trial?.resolve()
    this.#trial = null
  }

  learn(mode: 'delta' | 'whole'): Promise<void> {
    return this.#trait.learn(mode)
  }
}
