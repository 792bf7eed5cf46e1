import { createHash } from 'node:crypto'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** One-time tokens that were used, each remembered until it expires by itself. */
export class UsedTokens {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /**
   * Uses a token up; false: it was used before. Of several who try at once one succeeds.
   *
   * @param seconds for so long the token could be shown again.
   */
  async use(accountId: number, tokenId: string, seconds: number): Promise<boolean> {
    const digest = createHash('sha256').update(tokenId).digest('base64url')
    const key = this.#keys.of(accountId, `used-token:${digest}`)
    return (await this.#redis.set(key, '1', 'EX', Math.max(1, Math.ceil(seconds)), 'NX')) !== null
  }
}
