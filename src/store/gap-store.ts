import type { IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

type DayCount = readonly [days: number, count: number]

/** Histogram of the gaps between purchases over an account: one hash, days → how many gaps are that long. */
export class GapStore {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** The commands that add to the counts (or take away), to go alongside a commit. */
  change(accountId: number, changes: readonly DayCount[]): IndexCommand[] {
    const key = this.#key(accountId)
    return changes
      .filter(([, count]) => count !== 0)
      .map(([days, count]) => ({ command: 'HINCRBY', key, args: [String(days), String(count)] }))
  }

  async replace(accountId: number, counts: readonly DayCount[]): Promise<void> {
    const key = this.#key(accountId)
    const transaction = this.#redis.multi().del(key)
    if (counts.length > 0) transaction.hset(key, new Map(counts.map(([days, count]) => [String(days), count])))
    await transaction.exec()
  }

  async read(accountId: number): Promise<DayCount[]> {
    const counts = Object.entries(await this.#redis.hgetall(this.#key(accountId)))
    return counts.map(([days, count]) => [Number(days), Number(count)] as const).filter(([, count]) => count > 0)
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'gaps')
  }
}
