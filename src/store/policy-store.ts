import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** How a policy is brought to the clients there are: to all of them or only to new cases, from the mirror or by reading. */
export interface Rollout {
  readonly scope: 'all' | 'only_new'
  readonly work: 'redecide' | 'backfill'
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
