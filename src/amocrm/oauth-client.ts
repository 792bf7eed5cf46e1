import { z } from 'zod'
import type { AmoError } from './amo-error.ts'
import type { AmoHttp, Exchange } from './amo-http.ts'
import { failedCall } from './failed-call.ts'
import { ruleFor } from './retry-table.ts'
import type { TokenPair } from './token-store.ts'

export interface OauthCredentials {
  readonly clientId: string
  readonly clientSecret: string
  /** Exactly as entered in the integration's settings. */
  readonly redirectUri: string
}

/** `refused`: amoCRM does not take the code or token. `unclear`: it may or may not have been used up. */
export type RefreshOutcome =
  | { readonly type: 'pair'; readonly pair: TokenPair }
  | { readonly type: 'refused'; readonly error: AmoError }
  | { readonly type: 'unclear'; readonly error: AmoError; readonly exchange: Exchange }

const PATH = '/oauth2/access_token'

const TOKEN_ANSWER = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.number().positive(),
})

/** amoCRM's OAuth 2.0 endpoint, on the account's own host (amoCRM, "OAuth step by step"). */
export class OauthClient {
  readonly #http: AmoHttp
  readonly #credentials: OauthCredentials
  readonly #now: () => number

  constructor(http: AmoHttp, credentials: OauthCredentials, now: () => number = Date.now) {
    this.#http = http
    this.#credentials = credentials
    this.#now = now
  }

  /**
   * Turns the code of an install (20 minutes, single use) into tokens. Throws AmoError: `refused` or `unauthorized` for
   * a bad code or a host outside the allow-list, `unavailable` otherwise; the user then connects again.
   */
  async exchangeCode(host: string, code: string): Promise<TokenPair> {
    const outcome = await this.#grant(host, { grant_type: 'authorization_code', code })
    if (outcome.type === 'pair') return outcome.pair
    throw outcome.error
  }

  /** Uses up a refresh token. One attempt: what to do with each outcome is the caller's. */
  refresh(host: string, refreshToken: string, onSent?: () => void): Promise<RefreshOutcome> {
    return this.#grant(host, { grant_type: 'refresh_token', refresh_token: refreshToken }, onSent)
  }

  async #grant(host: string, grant: Record<string, string>, onSent?: () => void): Promise<RefreshOutcome> {
    const { clientId, clientSecret, redirectUri } = this.#credentials
    const body = { client_id: clientId, client_secret: clientSecret, ...grant, redirect_uri: redirectUri }
    const request = { method: 'POST', path: PATH, body } as const
    const askedAt = this.#now()
    const exchange = await this.#http.exchange(host, request, onSent)
    const rule = ruleFor(exchange)
    if (rule === null && exchange.type === 'answer') {
      const answer = TOKEN_ANSWER.safeParse(exchange.json)
      if (answer.success) return { type: 'pair', pair: pairOf(answer.data, askedAt) }
    }
    const error = failedCall(request, withoutTokens(exchange), rule ?? NO_TOKENS)
    return isRefusal(exchange) ? { type: 'refused', error } : { type: 'unclear', error, exchange }
  }
}

const NO_TOKENS = { remedy: 'repeat', code: 'unavailable', advice: 'the answer holds no tokens' } as const

function pairOf(answer: z.infer<typeof TOKEN_ANSWER>, askedAt: number): TokenPair {
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    expiresAt: askedAt + answer.expires_in * 1000,
  }
}

/** Also where there is no such account any more, or it points elsewhere. */
function isRefusal(exchange: Exchange): boolean {
  if (exchange.type !== 'answer') return false
  const { status } = exchange
  return status === 400 || status === 401 || status === 404 || (status >= 300 && status < 400)
}

/** A success that does not fit the schema may still hold a token, which no message may show. */
function withoutTokens(exchange: Exchange): Exchange {
  return exchange.type === 'answer' && exchange.status < 300 ? { ...exchange, excerpt: '' } : exchange
}
