import { type Keeping, keepText } from './keep-text.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/**
 * Small facts about one account that must outlive a process: what its API turned out to support, how far the backfill
 * and the sweep came. One hash per account; values are JSON.
 */
export class AccountNotes {
  readonly #redis: RedisClient
  readonly #key: string

  constructor(redis: RedisClient, keys: Keys, accountId: number) {
    this.#redis = redis
    this.#key = keys.of(accountId, 'notes')
  }

  async get<T>(name: string): Promise<T | null> {
    const text = await this.#redis.hget(this.#key, name)
    return text === null ? null : (JSON.parse(text) as T)
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.#redis.hset(this.#key, name, JSON.stringify(value))
  }

  async remove(name: string): Promise<void> {
    await this.#redis.hdel(this.#key, name)
  }

  /** Takes a name for some seconds; false when somebody has it. */
  async claim(name: string, seconds: number): Promise<boolean> {
    return (await this.#redis.set(`${this.#key}:${name}`, '1', 'EX', seconds, 'NX')) !== null
  }

  /** Lets go of a taken name before its time. */
  async release(name: string): Promise<void> {
    await this.#redis.del(`${this.#key}:${name}`)
  }

  /** Keeps a fact for some seconds, in place of an earlier one of the name. */
  async keep(name: string, text: string, seconds: number): Promise<void> {
    await this.#redis.set(`${this.#key}:${name}`, text, 'EX', seconds)
  }

  /** The same for a large one, `kind:name`; of the kind the last few are kept. */
  async keepFew(kind: string, name: string, text: string, keeping: Keeping): Promise<void> {
    const index = `${this.#key}:${kind}`
    await keepText(this.#redis, { index, key: `${index}:${name}`, text }, keeping)
  }

  /** A fact that is kept; null: none, or not any more. */
  kept(name: string): Promise<string | null> {
    return this.#redis.get(`${this.#key}:${name}`)
  }

  /** Adds to a counter and answers its new value. */
  add(name: string, amount: number): Promise<number> {
    return this.#redis.hincrby(this.#key, name, amount)
  }
}
