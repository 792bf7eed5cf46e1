import type { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { noteSetAside } from '../store/set-aside.ts'
import type { PlannedWrite } from './plan.ts'

/** Writes to one entity within one hour, beyond which something is fighting us. */
const WRITES_PER_HOUR = 30
const HOUR_S = 3600

export type BreakerAnswer =
  | { readonly type: 'closed' }
  /** Too many writes: leave the entity alone until then (seconds since the epoch). */
  | { readonly type: 'open'; readonly until: number }

/**
 * Stops a loop with another integration or robot that undoes what we write: an entity that was written too often
 * within an hour is set aside until the hour is over, and people are told which it is.
 */
export class WriteBreaker {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Counts the writes about to be made and says whether they may. */
  async check(accountId: number, writes: readonly PlannedWrite[], now: number): Promise<BreakerAnswer> {
    const untils = await Promise.all(
      writes.map(async ({ type, patch }) => {
        const key = this.#keys.of(accountId, `w:${type}:${patch.id}`)
        // In one step: a counter that lost its end in a crash would set the entity aside for ever.
        const answers = await this.#redis.multi().set(key, 0, 'EX', HOUR_S, 'NX').incr(key).ttl(key).exec()
        const [count, ttl] = [Number(answers?.[1]?.[1]), Number(answers?.[2]?.[1])]
        if (count <= WRITES_PER_HOUR) return 0
        const until = now + Math.max(ttl, 1)
        await noteSetAside(this.#redis, this.#keys, accountId, { entity: type, entityId: patch.id, until })
        return until
      }),
    )
    const until = Math.max(0, ...untils)
    return until === 0 ? { type: 'closed' } : { type: 'open', until }
  }
}
