import { createHash } from 'node:crypto'
import type { TokenPair, TokenStore } from '../amocrm/token-store.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'
import { withLock } from './redis-lock.ts'
import type { SecretBox } from './secret-box.ts'

const PENDING_TTL_S = 3600

/** Replaces a value while it still is what was read. */
const REPLACE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
`

/** Token pairs in Redis, encrypted; and the lock that lets one process at a time use a single-use refresh token. */
export class TokenVault implements TokenStore {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #box: SecretBox

  constructor(redis: RedisClient, keys: Keys, box: SecretBox) {
    this.#redis = redis
    this.#keys = keys
    this.#box = box
  }

  readTokens(accountId: number): Promise<TokenPair | null> {
    return this.#open(this.#tokens(accountId), contextOf(accountId))
  }

  /** Whatever stood there before. */
  async writeTokens(accountId: number, pair: TokenPair): Promise<void> {
    await this.#redis.set(this.#tokens(accountId), this.#box.seal(JSON.stringify(pair), contextOf(accountId)))
  }

  /**
   * Stores the pair of an installation, once: an installation that is tried again does not put back what was refreshed
   * since, for a refresh token works once.
   */
  async installTokens(accountId: number, pair: TokenPair): Promise<void> {
    const origin = createHash('sha256').update(pair.accessToken).digest('base64url')
    const key = this.#keys.of(accountId, 'tokens-origin')
    const isStored =
      (await this.#redis.get(key)) === origin && (await this.#redis.exists(this.#tokens(accountId))) === 1
    if (isStored) return
    await this.writeTokens(accountId, pair)
    await this.#redis.set(key, origin)
  }

  async replaceTokens(accountId: number, before: TokenPair, pair: TokenPair): Promise<boolean> {
    const key = this.#tokens(accountId)
    const sealed = await this.#redis.get(key)
    if (sealed === null) return false
    const stored = JSON.parse(this.#box.open(sealed, contextOf(accountId))) as TokenPair
    if (stored.accessToken !== before.accessToken) return false
    const fresh = this.#box.seal(JSON.stringify(pair), contextOf(accountId))
    return (await this.#redis.eval(REPLACE, 1, key, sealed, fresh)) === 1
  }

  /**
   * Puts the tokens under the newest key; answers whether they were under another.
   *
   * @throws UnreadableSecretError when no key opens them.
   */
  async renewSeal(accountId: number): Promise<boolean> {
    const key = this.#tokens(accountId)
    const renewed = (sealed: string | null) => sealed && this.#box.renew(sealed, contextOf(accountId))
    if (!renewed(await this.#redis.get(key))) return false
    // Under the lock: a refresh must not find its pair replaced by the same pair.
    return this.withRefreshLock(accountId, async () => {
      const sealed = await this.#redis.get(key)
      const fresh = renewed(sealed)
      return sealed && fresh ? (await this.#redis.eval(REPLACE, 1, key, sealed, fresh)) === 1 : false
    })
  }

  /** A refresh that is under way does not bring them back. */
  async removeTokens(accountId: number): Promise<void> {
    await this.#redis.del(this.#tokens(accountId))
  }

  /** Pair of an installation whose account is not known yet: a crash between exchange and first use loses nothing. */
  readPending(fingerprint: string): Promise<TokenPair | null> {
    return this.#open(this.#keys.pendingInstall(fingerprint), `install:${fingerprint}`)
  }

  async writePending(fingerprint: string, pair: TokenPair): Promise<void> {
    const sealed = this.#box.seal(JSON.stringify(pair), `install:${fingerprint}`)
    await this.#redis.set(this.#keys.pendingInstall(fingerprint), sealed, 'EX', PENDING_TTL_S)
  }

  withRefreshLock<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    return withLock(this.#redis, this.#keys.of(accountId, 'refresh-lock'), work)
  }

  async #open(key: string, context: string): Promise<TokenPair | null> {
    const sealed = await this.#redis.get(key)
    return sealed === null ? null : (JSON.parse(this.#box.open(sealed, context)) as TokenPair)
  }

  #tokens(accountId: number): string {
    return this.#keys.of(accountId, 'tokens')
  }
}

function contextOf(accountId: number): string {
  return `tokens:${accountId}`
}
