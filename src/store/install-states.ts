import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** Signing in to amoCRM, choosing the account and agreeing take their time, s. */
export const INSTALL_STATE_LIFE_S = 15 * 60

/**
 * The `state` parameters of installations that were begun in a browser (RFC 6749, 10.12): each works once, for a while,
 * and in that browser only. Redis holds hashes alone.
 */
export class InstallStates {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** @param browser secret of the browser that begins */
  async issue(browser: string): Promise<string> {
    const state = randomBytes(32).toString('base64url')
    await this.#redis.set(this.#key(state), digest(browser), 'EX', INSTALL_STATE_LIFE_S)
    return state
  }

  /** Uses a state up; false: it is unknown, used, too old, or was given to another browser, which may still use it. */
  async use(state: string, browser: string): Promise<boolean> {
    const key = this.#key(state)
    const owner = await this.#redis.get(key)
    if (owner === null || !timingSafeEqual(Buffer.from(owner), Buffer.from(digest(browser)))) return false
    // Of several who show it at once, one deletes it.
    return (await this.#redis.del(key)) === 1
  }

  #key(state: string): string {
    return this.#keys.installState(digest(state))
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
