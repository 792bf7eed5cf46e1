import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** How a policy is brought to the clients there are, from the mirror or by reading. */
export interface Rollout {
  /** To all of them, only to new cases, or besides those to a few on trial. */
  readonly scope: 'all' | 'only_new' | 'trial'
  readonly work: 'redecide' | 'backfill'
  /** Of a trial: keys of the clients it is brought to. */
  readonly clients?: readonly string[]
}

/** A policy as saved: its text is parsed (and migrated) by the core whenever it is read. */
export interface StoredPolicy {
  /** Counts up from 1 with every save. */
  readonly version: number
  readonly policy: unknown
  /** Milliseconds. */
  readonly savedAt: number
  readonly author: string
  /** Absent: it was saved before there were clients. */
  readonly rollout?: Rollout
}

const SAVE = `
local last = redis.call('LINDEX', KEYS[1], -1)
local version = last and cjson.decode(last).version or 0
if version ~= tonumber(ARGV[1]) then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[2])
return 1
`

/** All versions of each account's policy, oldest first. */
export class PolicyStore {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  async current(accountId: number): Promise<StoredPolicy | null> {
    const text = await this.#redis.lindex(this.#key(accountId), -1)
    return text === null ? null : (JSON.parse(text) as StoredPolicy)
  }

  /** One version; null: there is none of this number. */
  async version(accountId: number, version: number): Promise<StoredPolicy | null> {
    // Versions count from 1 and none is ever taken away.
    const text = version < 1 ? null : await this.#redis.lindex(this.#key(accountId), version - 1)
    return text === null ? null : (JSON.parse(text) as StoredPolicy)
  }

  /** Versions before `before` (null: from the last one on), newest first. */
  async history(accountId: number, before: number | null, limit: number): Promise<StoredPolicy[]> {
    const key = this.#key(accountId)
    const last = before === null ? -1 : before - 2
    if (before !== null && last < 0) return []
    const first = before === null ? -limit : Math.max(0, last - limit + 1)
    const texts = await this.#redis.lrange(key, first, last)
    return texts.map((text) => JSON.parse(text) as StoredPolicy).reverse()
  }

  /**
   * Saves the version after `base` (0: the first) and announces it. Answers null, with nothing saved, when somebody
   * saved another one since.
   */
  async save(
    accountId: number,
    base: number,
    policy: unknown,
    author: string,
    rollout?: Rollout,
  ): Promise<StoredPolicy | null> {
    const stored: StoredPolicy = { version: base + 1, policy, savedAt: Date.now(), author, ...(rollout && { rollout }) }
    const done = await this.#redis.eval(SAVE, 1, this.#key(accountId), base, JSON.stringify(stored))
    if (done !== 1) return null
    await this.#redis.publish(this.#keys.announcements, String(accountId))
    return stored
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'policies')
  }
}
