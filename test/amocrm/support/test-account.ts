import type { AccountTraits } from '../../../src/amocrm/account-traits.ts'
import type { AmoApi } from '../../../src/amocrm/amo-api.ts'
import { type AmoApiOptions, createAmoApi } from '../../../src/amocrm/create-amo-api.ts'
import type { TokenPair, TokenStore } from '../../../src/amocrm/token-store.ts'
import type { TestRedis } from '../../support/test-redis.ts'

/** Tokens in memory, behind a lock like the store's. */
export class MemoryTokens implements TokenStore {
  pair: TokenPair | null
  readonly written: TokenPair[] = []
  #locked: Promise<unknown> = Promise.resolve()

  constructor(pair: TokenPair | null = { accessToken: 'access-1', refreshToken: 'refresh-1', expiresAt: null }) {
    this.pair = pair
  }

  async readTokens(): Promise<TokenPair | null> {
    return this.pair
  }

  async replaceTokens(_accountId: number, before: TokenPair, pair: TokenPair): Promise<boolean> {
    if (this.pair?.accessToken !== before.accessToken) return false
    this.written.push(pair)
    this.pair = pair
    return true
  }

  withRefreshLock<T>(_accountId: number, work: () => Promise<T>): Promise<T> {
    const turn = this.#locked.then(work, work)
    this.#locked = turn.catch(() => {})
    return turn
  }
}

export class MemoryTraits implements AccountTraits {
  readonly values = new Map<string, string>()

  async get(name: string): Promise<string | null> {
    return this.values.get(name) ?? null
  }

  async set(name: string, value: string): Promise<void> {
    this.values.set(name, value)
  }
}

export interface TestAccount {
  readonly api: AmoApi
  readonly tokens: MemoryTokens
  readonly traits: MemoryTraits
  /** The same account in another process. */
  elsewhere(): AmoApi
}

let accounts = 0

/** An account of its own on the run's Redis. The rate is out of the way unless the test sets one. */
export function testAccount(
  { redis, root }: TestRedis,
  apiOrigin: string,
  options: Partial<AmoApiOptions> & { readonly tokens?: MemoryTokens } = {},
): TestAccount {
  const accountId = ++accounts
  const tokens = options.tokens ?? new MemoryTokens()
  const traits = new MemoryTraits()
  const create = () =>
    createAmoApi({
      accountId,
      host: 'test.amocrm.ru',
      redis,
      keyOf: (name) => `${root}:{${accountId}}:${name}`,
      traits,
      requestsPerSecond: 500,
      allowedHosts: ['amocrm.ru'],
      apiOrigin,
      oauth: { clientId: 'id', clientSecret: 'secret', redirectUri: 'https://app.example/oauth' },
      ...options,
      patience: { firstPause: 1, longestPause: 4, longestRest: 5, ...options.patience },
      tokens,
    })
  return { api: create(), tokens, traits, elsewhere: create }
}
