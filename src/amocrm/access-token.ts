import type { AccountHost } from './account-host.ts'
import { AmoError } from './amo-error.ts'
import { closedError } from './failed-call.ts'
import type { OauthClient } from './oauth-client.ts'
import { restAskedFor } from './retry-table.ts'
import type { SlotGate } from './slot-gate.ts'
import type { TokenPair, TokenStore } from './token-store.ts'

/** Refreshed this long before the end, so that a token taken now outlives a call that waits for its slot. */
const EXPIRES_SOON_MS = 5 * 60_000
/** The most of a token's life that this may take: one that lives for a minute is not refreshed for each call. */
const SOON_SHARE = 0.1

export interface AccessTokenOptions {
  readonly accountId: number
  readonly host: AccountHost
  readonly tokens: TokenStore
  /** Null: there are no credentials to refresh with. */
  readonly oauth: OauthClient | null
  /** A refresh is a request to the account like any other. */
  readonly gate: SlotGate
  readonly longestRestMs: number
  readonly now?: () => number
  readonly onRefreshed?: () => void
}

/** A pair, and the one whose refresh token was used up for it. */
interface Renewal {
  readonly before: TokenPair
  readonly pair: TokenPair
}

/**
 * The account's access token, always a valid one. Refresh tokens are single-use (amoCRM, OAuth): a refresh happens
 * once at a time in this process and, by the store's lock, in all; the new pair is stored before anyone uses it.
 */
export class AccessToken {
  readonly #options: AccessTokenOptions
  readonly #now: () => number
  #soonMs = EXPIRES_SOON_MS
  #pair: TokenPair | null = null
  #unsaved: Renewal | null = null
  #renewal: Promise<TokenPair> | null = null

  constructor(options: AccessTokenOptions) {
    this.#options = options
    this.#now = options.now ?? Date.now
  }

  /** Throws AmoError `unauthorized` when the account has to be connected anew. */
  async current(): Promise<string> {
    this.#pair ??= await this.#stored()
    const pair = this.#pair
    if (!this.#endsWithin(pair, this.#soonMs) || pair.refreshToken === null) return pair.accessToken
    try {
      return (await this.#renew(null)).accessToken
    } catch (error) {
      const stillGood = !this.#endsWithin(pair, 0)
      if (stillGood && error instanceof AmoError && error.code === 'unavailable') return pair.accessToken
      throw error
    }
  }

  /** A token other than the one amoCRM has just answered 401 to. */
  async insteadOf(rejected: string): Promise<string> {
    if (this.#pair && this.#pair.accessToken !== rejected) return this.current()
    return (await this.#renew(rejected)).accessToken
  }

  #renew(rejected: string | null): Promise<TokenPair> {
    this.#renewal ??= this.#options.tokens
      .withRefreshLock(this.#options.accountId, () => this.#renewLocked(rejected))
      .then(
        (pair) => {
          this.#pair = pair
          return pair
        },
        (error: unknown) => {
          this.#pair = null
          throw error
        },
      )
      .finally(() => {
        this.#renewal = null
      })
    return this.#renewal
  }

  async #renewLocked(rejected: string | null): Promise<TokenPair> {
    if (this.#unsaved) return this.#save(this.#unsaved)
    const stored = await this.#stored()
    const renewedByOthers = stored.accessToken !== rejected && !this.#endsWithin(stored, this.#soonMs)
    if (renewedByOthers) return stored
    const { oauth } = this.#options
    if (stored.refreshToken === null) throw this.#unauthorized('the long-lived token was revoked or has expired')
    if (oauth === null) throw this.#unauthorized('there are no OAuth credentials to refresh the token with')
    const { host } = this.#options
    const askedAt = host.current
    let fresh = await this.#refresh(oauth, stored.refreshToken)
    // The address may be somebody else's by now, who knows nothing of this token.
    if (fresh.type === 'refused' && (await host.hasLeft(askedAt))) {
      fresh = await this.#refresh(oauth, stored.refreshToken)
    }
    if (fresh.type === 'refreshed') {
      this.#soonMs = this.#soonFor(fresh.pair)
      return this.#save({ before: stored, pair: fresh.pair })
    }
    const storedNow = await this.#stored()
    if (storedNow.accessToken !== stored.accessToken) return storedNow
    throw this.#unauthorized('the refresh token was refused', fresh.error)
  }

  /** A refresh whose answer was lost is sent once more: amoCRM may not have seen it. */
  async #refresh(
    oauth: OauthClient,
    refreshToken: string,
  ): Promise<{ type: 'refreshed'; pair: TokenPair } | { type: 'refused'; error: AmoError }> {
    const { gate, longestRestMs } = this.#options
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#ask(oauth, refreshToken)
      if (outcome.type === 'pair') return { type: 'refreshed', pair: outcome.pair }
      if (outcome.type === 'refused') return outcome
      if (outcome.error.code === 'rate_limited') {
        await gate.slowDown(Math.min(longestRestMs, restAskedFor(outcome.exchange, this.#now())))
      }
      if (attempt === 2) throw outcome.error
    }
  }

  async #ask(oauth: OauthClient, refreshToken: string) {
    const { gate, host } = this.#options
    const slot = await gate.acquire('live')
    if (slot.type === 'closed') throw closedError(slot.ms)
    try {
      return await oauth.refresh(host.current, refreshToken, slot.sent)
    } finally {
      slot.done()
    }
  }

  /** Until it is saved, the pair is kept: it is the only one that still works. */
  async #save(renewal: Renewal): Promise<TokenPair> {
    this.#unsaved = renewal
    const { before, pair } = renewal
    const isStored = await this.#options.tokens.replaceTokens(this.#options.accountId, before, pair)
    this.#unsaved = null
    if (!isStored) return this.#stored()
    this.#options.onRefreshed?.()
    return pair
  }

  #soonFor({ expiresAt }: TokenPair): number {
    return expiresAt === null ? EXPIRES_SOON_MS : Math.min(EXPIRES_SOON_MS, SOON_SHARE * (expiresAt - this.#now()))
  }

  async #stored(): Promise<TokenPair> {
    const pair = await this.#options.tokens.readTokens(this.#options.accountId)
    if (pair === null) throw this.#unauthorized('the account is not connected')
    return pair
  }

  #endsWithin(pair: TokenPair, ms: number): boolean {
    return pair.expiresAt !== null && pair.expiresAt - this.#now() <= ms
  }

  #unauthorized(why: string, cause?: unknown): AmoError {
    const details = { method: 'POST', path: '/oauth2/access_token', status: 401 }
    return new AmoError('unauthorized', `${why}; connect the account anew`, details, cause)
  }
}
