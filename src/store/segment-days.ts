import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** Clients by `dimension:segment`. */
export type SegmentCounts = Readonly<Record<string, number>>

/** About three years. */
const KEPT_DAYS = 1_100

/** How many clients were in each segment, by day of the account's calendar: one hash per account. */
export class SegmentDays {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** The counts of a day, in place of earlier ones of the same day. `day` as `2026-11-21`. */
  async write(accountId: number, day: string, counts: SegmentCounts): Promise<void> {
    const key = this.#key(accountId)
    if ((await this.#redis.hset(key, day, JSON.stringify(counts))) === 0) return
    const days = (await this.#redis.hkeys(key)).toSorted()
    const old = days.slice(0, Math.max(0, days.length - KEPT_DAYS))
    if (old.length > 0) await this.#redis.hdel(key, ...old)
  }

  /** Days without counts are left out. */
  async read(accountId: number, days: readonly string[]): Promise<{ day: string; counts: SegmentCounts }[]> {
    if (days.length === 0) return []
    const texts = await this.#redis.hmget(this.#key(accountId), ...days)
    return days.flatMap((day, index) => {
      const text = texts[index] ?? null
      return text === null ? [] : [{ day, counts: JSON.parse(text) as SegmentCounts }]
    })
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'segment-days')
  }
}
