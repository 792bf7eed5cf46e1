/** The process died: nothing it still had in hand goes on. */
export class Death extends Error {
  override readonly name = 'Death'
}

/**
 * A process that is killed when it has taken so many steps that leave a mark outside of it. A step that has begun takes
 * effect, as a command that was sent does, but its answer reaches nobody any more.
 */
export class Mortal {
  /** Names of the steps it took, in order. */
  readonly taken: string[] = []
  readonly #died: Promise<never>
  #die: (death: Death) => void = () => undefined
  #left: number
  #isDead = false

  constructor(steps = Number.POSITIVE_INFINITY) {
    this.#left = steps
    this.#died = new Promise((_, reject) => {
      this.#die = reject
    })
    this.#died.catch(() => undefined)
  }

  /** Ends as the work does, or rejects with `Death`. */
  live<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined)
    return Promise.race([work, this.#died])
  }

  async step<T>(name: string, act: () => T | Promise<T>): Promise<T> {
    if (this.#left === 0 && !this.#isDead) {
      this.#isDead = true
      this.#die(new Death(`killed before ${name}`))
    }
    if (this.#isDead) return never()
    this.#left--
    this.taken.push(name)
    const result = await act()
    return this.#isDead ? never() : result
  }

  /** The same thing, whose methods of these names are steps. */
  watched<Port extends object>(port: Port, name: string, steps: readonly string[]): Port {
    return new Proxy(port, {
      get: (target, property) => {
        const value: unknown = Reflect.get(target, property)
        if (typeof value !== 'function') return value
        const call = (...args: unknown[]): unknown => Reflect.apply(value, target, args)
        if (typeof property !== 'string' || !steps.includes(property)) return call
        return (...args: unknown[]) => this.step(`${name}.${property}`, () => call(...args))
      },
    })
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined)
}
