/**
 * What was learnt of one account's API and need not be learnt again: a small key/value store, kept by the caller.
 * Names in use: `filters` (`off`), `tags` (`delta` or `whole`), `batch:leads` and the like (items in one write).
 */
export interface AccountTraits {
  get(name: string): Promise<string | null>
  set(name: string, value: string): Promise<void>
}

/** One trait, read from the store once. */
export class Trait<Value extends string> {
  readonly #traits: AccountTraits
  readonly #name: string
  readonly #values: readonly Value[]
  #read: Promise<void> | null = null
  #value: Value | null = null

  constructor(traits: AccountTraits, name: string, values: readonly Value[]) {
    this.#traits = traits
    this.#name = name
    this.#values = values
  }

  /** Null: not known yet. Only what `load` or `learn` brought. */
  get value(): Value | null {
    return this.#value
  }

  load(): Promise<void> {
    this.#read ??= this.#traits.get(this.#name).then(
      (stored) => {
        this.#value ??= this.#values.find((value) => value === stored) ?? null
      },
      (error: unknown) => {
        this.#read = null
        throw error
      },
    )
    return this.#read
  }

  async learn(value: Value): Promise<void> {
    if (this.#value === value) return
    this.#value = value
    await this.#traits.set(this.#name, value)
  }
}
