import { randomUUID } from 'node:crypto'
import { PRIORITIES, type Priority } from './amo-api.ts'
import type { ScriptRedis } from './redis-script.ts'
import { type Closing, type SlotAnswer, SlotCounter, type SlotLimit } from './slot-counter.ts'
import { UsualTimes } from './usual-times.ts'

/** Leave to send one request. Exactly one of `sent` and `unused` is called first, `done` last. */
export interface Grant {
  readonly type: 'granted'
  /** The request's bytes go out now: its second runs from here. Further calls do nothing. */
  sent(): void
  /** It was never sent and does not count. Does nothing after `sent`. */
  unused(): void
  /**
   * amoCRM served it: a gate that was closed is wide open again. A request that took longer than usual for its kind may
   * have been held up before it arrived, and counts for that much longer.
   */
  succeeded(kind: string): void
  /** The exchange is over, whatever its end. */
  done(): void
}

export type Acquired = Grant | { readonly type: 'closed'; readonly ms: number }

/** `partial`: mass work that would go out in a batch not yet full; it takes only slots that nobody else wants. */
export type Rank = Priority | 'partial'

const RANKS: readonly Rank[] = [...PRIORITIES, 'partial']

export interface SlotGateOptions {
  readonly redis: ScriptRedis
  /** The account's own limit first, then wider ones. A request needs a slot of each. */
  readonly limits: readonly [SlotLimit, ...SlotLimit[]]
  /** Added to the second for jitter, ms; by what a request is held up beyond it, its own second is longer. */
  readonly marginMs?: number
  /** Requests of this process under way at once. */
  readonly maxInFlight?: number
  /** Who meets a gate that is closed for no longer than this waits in place of being told; ms. Default: nobody waits. */
  readonly longestWaitMs?: number
  /** Told of Redis failures that cost nothing but a slot. */
  readonly onLost?: (error: unknown) => void
}

/** No request counts for longer than this beyond its second, however late its answer: most of that was work. */
const LONGEST_DELAY_MS = 300

interface Waiter {
  readonly rank: () => number
  readonly resolve: (acquired: Acquired) => void
  readonly reject: (error: unknown) => void
}

/**
 * Who may send to amoCRM next. Holds the limit in any sliding second across processes, and gives each free slot to
 * the first of the highest priority that waits at that very moment: nothing is reserved ahead.
 */
export class SlotGate {
  readonly #counters: readonly SlotCounter[]
  readonly #marginMs: number
  readonly #maxInFlight: number
  readonly #longestWaitMs: number
  readonly #onLost: (error: unknown) => void
  readonly #processId = randomUUID()
  readonly #usual = new UsualTimes()
  readonly #waiting: Waiter[] = []
  #grants = 0
  #inFlight = 0
  #running = false
  /** Other processes know what we last asked for; somebody more urgent has to ask again to be known. */
  #askedRank = Number.POSITIVE_INFINITY
  #wake: () => void = () => {}

  constructor(options: SlotGateOptions) {
    const { redis, limits, marginMs = 40, maxInFlight = 16, longestWaitMs = 0, onLost = () => {} } = options
    this.#counters = limits.map((limit) => new SlotCounter(redis, limit, 1000 + marginMs))
    this.#marginMs = marginMs
    this.#maxInFlight = maxInFlight
    this.#longestWaitMs = longestWaitMs
    this.#onLost = onLost
  }

  /**
   * Waits for a slot. A priority given as a function is asked anew at each free slot, so a waiter can rise.
   * Rejects when Redis does.
   */
  acquire(priority: Rank | (() => Rank)): Promise<Acquired> {
    const rank = () => RANKS.indexOf(typeof priority === 'function' ? priority() : priority)
    return new Promise<Acquired>((resolve, reject) => {
      this.#waiting.push({ rank, resolve, reject })
      if (rank() < this.#askedRank) this.#wake()
      void this.#pump()
    })
  }

  /** amoCRM answered 429: rest, then half the rate, regained by one a second. */
  async slowDown(restMs: number): Promise<void> {
    await Promise.all(this.#counters.map((counter) => counter.slowDown(restMs)))
  }

  /**
   * Lets nobody of this account send for a while; waiters are told at once when it is long. Then one request a second is
   * let through, until one succeeds. Answers for how many ms it is closed.
   */
  async close(closing: Closing): Promise<number> {
    const closedFor = await this.#account().close(closing)
    this.#wake()
    return closedFor
  }

  #account(): SlotCounter {
    const [account] = this.#counters
    if (account === undefined) throw new TypeError('a slot gate needs at least one limit')
    return account
  }

  async #pump(): Promise<void> {
    if (this.#running) return
    this.#running = true
    try {
      while (this.#waiting.length > 0 && this.#inFlight < this.#maxInFlight) await this.#step()
    } catch (error) {
      for (const waiter of this.#waiting.splice(0)) waiter.reject(error)
    } finally {
      this.#running = false
    }
  }

  async #step(): Promise<void> {
    const id = `${this.#processId}:${this.#grants++}`
    this.#askedRank = this.#best().rank
    const alike = this.#waiting.filter((waiter) => waiter.rank() === this.#askedRank).length
    const answer = await this.#take(id, this.#askedRank, alike > 1)
    switch (answer.type) {
      case 'granted': {
        const waiter = this.#waiting.splice(this.#best().index, 1)[0]
        waiter?.resolve(this.#grant(id, answer.isProbe))
        break
      }
      case 'wait':
        await this.#sleep(answer.ms)
        break
      case 'closed':
        if (answer.ms <= this.#longestWaitMs) await this.#sleep(answer.ms)
        else for (const waiter of this.#waiting.splice(0)) waiter.resolve(answer)
        break
    }
  }

  /** One slot of each counter, or none: a partial success is given back. */
  async #take(id: string, rank: number, moreBehind: boolean): Promise<SlotAnswer> {
    let isProbe = false
    for (const [index, counter] of this.#counters.entries()) {
      const answer = await counter.take(id, rank, moreBehind)
      if (answer.type === 'granted') {
        isProbe ||= answer.isProbe
        continue
      }
      await Promise.all(this.#counters.slice(0, index).map((earlier) => earlier.unused(id)))
      return answer
    }
    return { type: 'granted', isProbe }
  }

  #best(): { readonly index: number; readonly rank: number } {
    let best = { index: 0, rank: Number.POSITIVE_INFINITY }
    for (const [index, waiter] of this.#waiting.entries()) {
      const rank = waiter.rank()
      if (rank < best.rank) best = { index, rank }
    }
    return best
  }

  #grant(id: string, isProbe: boolean): Grant {
    let state: 'open' | 'settled' = 'open'
    let over = false
    let sentAt = performance.now()
    this.#inFlight++
    const settle = (how: 'sent' | 'unused') => {
      if (state === 'settled') return
      state = 'settled'
      if (how === 'sent') sentAt = performance.now()
      for (const counter of this.#counters) counter[how](id).catch(this.#onLost)
    }
    return {
      type: 'granted',
      sent: () => settle('sent'),
      unused: () => settle('unused'),
      succeeded: (kind) => {
        this.#delayed(id, this.#usual.delayOf(kind, performance.now() - sentAt))
        if (isProbe) this.#account().reopen().catch(this.#onLost)
      },
      done: () => {
        settle('sent')
        if (over) return
        over = true
        this.#inFlight--
        void this.#pump()
      },
    }
  }

  #delayed(id: string, ms: number): void {
    const beyond = Math.min(LONGEST_DELAY_MS, ms) - this.#marginMs
    if (beyond <= 0) return
    for (const counter of this.#counters) counter.delayed(id, beyond).catch(this.#onLost)
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}
