import type { ScriptRedis } from './redis-script.ts'
import { CLOSE_GATE, REOPEN_GATE, SLOT_DELAYED, SLOT_SENT, SLOT_UNUSED, SLOW_DOWN, TAKE_SLOT } from './slot-scripts.ts'

/** What counts requests together: one account's, or one deployment's where the platform counts per IP (Kommo). */
export interface SlotLimit {
  /** Redis key; carries a hash tag, because a second key is made from it. */
  readonly key: string
  /** Requests in any sliding second. amoCRM: 7 per integration (recommendations, "limits"). */
  readonly perSecond: number
}

/** How long nobody sends after a 403 page: each closing in a row is twice as long as the one before. */
export interface Closing {
  readonly firstMs: number
  readonly longestMs: number
}

export type SlotAnswer =
  /** `isProbe`: the account was closed, and nothing got through since. */
  | { readonly type: 'granted'; readonly isProbe: boolean }
  | { readonly type: 'wait'; readonly ms: number }
  | { readonly type: 'closed'; readonly ms: number }

/** Requests regained per second after a 429 halved the rate. */
const REGAINED_PER_SECOND = 1

/** A grant nobody confirmed, because its process died, blocks its slot for so long. Longer than a connect may take. */
const UNSENT_MS = 10_000

/** The requests of the last sliding second, counted in Redis for all processes. */
export class SlotCounter {
  readonly #redis: ScriptRedis
  readonly #keys: readonly [string, string]
  readonly #perSecond: number
  readonly #windowMs: number

  /** @param windowMs one second plus the network's jitter, so that the far side never counts more either */
  constructor(redis: ScriptRedis, limit: SlotLimit, windowMs: number) {
    this.#redis = redis
    this.#keys = [limit.key, `${limit.key}:state`]
    this.#perSecond = limit.perSecond
    this.#windowMs = windowMs
  }

  /** @param moreBehind others of that rank wait for a slot too */
  async take(grantId: string, rank: number, moreBehind: boolean): Promise<SlotAnswer> {
    const reply = await TAKE_SLOT.run(this.#redis, this.#keys, [
      this.#perSecond,
      this.#windowMs,
      UNSENT_MS,
      grantId,
      rank,
      REGAINED_PER_SECOND,
      moreBehind ? 1 : 0,
    ])
    const [code, ms] = reply as [number, number]
    if (code === 0) return { type: 'granted', isProbe: ms === 1 }
    return code === 1 ? { type: 'wait', ms } : { type: 'closed', ms }
  }

  async sent(grantId: string): Promise<void> {
    await SLOT_SENT.run(this.#redis, this.#keys, [grantId, this.#windowMs])
  }

  /** The request took `ms` longer than the margin allows for, and may have arrived so much later. */
  async delayed(grantId: string, ms: number): Promise<void> {
    await SLOT_DELAYED.run(this.#redis, this.#keys, [grantId, Math.ceil(ms)])
  }

  async unused(grantId: string): Promise<void> {
    await SLOT_UNUSED.run(this.#redis, this.#keys, [grantId])
  }

  /** Halves the rate and keeps everybody quiet for `restMs`, at least one window. */
  async slowDown(restMs: number): Promise<void> {
    const rest = Math.ceil(Math.max(restMs, this.#windowMs))
    await SLOW_DOWN.run(this.#redis, this.#keys, [this.#perSecond, REGAINED_PER_SECOND, rest])
  }

  /** Closes for a while, see `Closing`; answers for how many ms it is closed now. */
  async close({ firstMs, longestMs }: Closing): Promise<number> {
    return Number(await CLOSE_GATE.run(this.#redis, this.#keys, [Math.ceil(firstMs), Math.ceil(longestMs)]))
  }

  /** A probe got through. */
  async reopen(): Promise<void> {
    await REOPEN_GATE.run(this.#redis, this.#keys, [])
  }
}
