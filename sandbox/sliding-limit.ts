export type LimitAnswer = 'pass' | 'too_many' | 'blocked'

export interface SlidingLimitOptions {
  readonly requestsPerSecond: number
  /** This many refusals within a minute block the caller; null: never. */
  readonly blockAfter: number | null
  /** Milliseconds. */
  readonly clock: () => number
}

interface Caller {
  passed: number[]
  refused: number[]
  isBlocked: boolean
}

const MINUTE_MS = 60_000

/** At most n requests in any sliding second per caller; who keeps on beyond it is blocked until somebody lifts it. */
export class SlidingLimit {
  readonly #options: SlidingLimitOptions
  readonly #callers = new Map<string, Caller>()

  constructor(options: SlidingLimitOptions) {
    this.#options = options
  }

  take(key: string): LimitAnswer {
    const caller = this.#caller(key)
    if (caller.isBlocked) return 'blocked'
    const now = this.#options.clock()
    caller.passed = caller.passed.filter((at) => now - at < 1000)
    if (caller.passed.length < this.#options.requestsPerSecond) {
      caller.passed.push(now)
      return 'pass'
    }
    caller.refused = caller.refused.filter((at) => now - at < MINUTE_MS)
    caller.refused.push(now)
    const { blockAfter } = this.#options
    if (blockAfter === null || caller.refused.length <= blockAfter) return 'too_many'
    caller.isBlocked = true
    return 'blocked'
  }

  block(key: string): void {
    this.#caller(key).isBlocked = true
  }

  unblock(key: string): void {
    this.#callers.delete(key)
  }

  #caller(key: string): Caller {
    const known = this.#callers.get(key)
    if (known !== undefined) return known
    const caller = { passed: [], refused: [], isBlocked: false }
    this.#callers.set(key, caller)
    return caller
  }
}
