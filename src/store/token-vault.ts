import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { TokenPair, TokenStore } from '../amocrm/token-store.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'
import type { SecretBox } from './secret-box.ts'

/** Longer than a refresh with its one retry can take; a crashed holder's lock ends by itself. */
const LOCK_TTL_MS = 60_000
const LOCK_POLL_MS = 100
const PENDING_TTL_S = 3600

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`

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
    return this.#open(this.#keys.of(accountId, 'tokens'), `tokens:${accountId}`)
  }

  async writeTokens(accountId: number, pair: TokenPair): Promise<void> {
    await this.#redis.set(
      this.#keys.of(accountId, 'tokens'),
      this.#box.seal(JSON.stringify(pair), `tokens:${accountId}`),
    )
  }

  /** Pair of an installation whose account is not known yet: a crash between exchange and first use loses nothing. */
  readPending(fingerprint: string): Promise<TokenPair | null> {
    return this.#open(this.#keys.pendingInstall(fingerprint), `install:${fingerprint}`)
  }

  async writePending(fingerprint: string, pair: TokenPair): Promise<void> {
    const sealed = this.#box.seal(JSON.stringify(pair), `install:${fingerprint}`)
    await this.#redis.set(this.#keys.pendingInstall(fingerprint), sealed, 'EX', PENDING_TTL_S)
  }

  async withRefreshLock<T>(accountId: number, work: () => Promise<T>): Promise<T> {
    const key = this.#keys.of(accountId, 'refresh-lock')
    const holder = randomUUID()
    while ((await this.#redis.set(key, holder, 'PX', LOCK_TTL_MS, 'NX')) === null) await delay(LOCK_POLL_MS)
    try {
      return await work()
    } finally {
      await this.#redis.eval(RELEASE, 1, key, holder)
    }
  }

  async #open(key: string, context: string): Promise<TokenPair | null> {
    const sealed = await this.#redis.get(key)
    return sealed === null ? null : (JSON.parse(this.#box.open(sealed, context)) as TokenPair)
  }
}
