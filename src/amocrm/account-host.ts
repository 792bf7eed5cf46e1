import { z } from 'zod'
import { isAllowedHost } from './allowed-host.ts'
import { AmoError } from './amo-error.ts'
import type { AmoHttp } from './amo-http.ts'
import { claimsOf } from './claims-of.ts'
import type { SlotGate } from './slot-gate.ts'
import type { TokenPair, TokenStore } from './token-store.ts'

/** Of an answer that the account is where it was: for so long nobody asks again, ms. */
const TRUSTED_MS = 60_000

const PATH = '/oauth2/account/current/subdomain'

const ANSWER = z.object({ id: z.coerce.number(), domain: z.string().toLowerCase() })

export interface AccountHostOptions {
  readonly accountId: number
  readonly host: string
  readonly http: AmoHttp
  readonly tokens: Pick<TokenStore, 'readTokens'>
  readonly gate: SlotGate
  readonly allowedHosts: readonly string[]
  /** Tells the others. */
  readonly onMoved: (host: string) => Promise<void>
  readonly now: () => number
}

/**
 * Where an account is. Its subdomain can be renamed, and the old one given to somebody else; the id in the tokens stays.
 * When the known host does not answer as the account's own would, amoCRM's API domain is asked, with the refresh token
 * and without using it up (as amoCRM's own client does). Only the very account's answer counts.
 */
export class AccountHost {
  readonly #options: AccountHostOptions
  #host: string
  #seeking: Promise<boolean> | null = null
  #trustedUntil = 0

  constructor(options: AccountHostOptions) {
    this.#options = options
    this.#host = options.host
  }

  get current(): string {
    return this.#host
  }

  /** Asks whether the account is no more at `from`; true: it is elsewhere, `current` says where. */
  async hasLeft(from: string): Promise<boolean> {
    if (this.#host !== from) return true
    if (this.#options.now() < this.#trustedUntil) return false
    this.#seeking ??= this.#seek().finally(() => {
      this.#seeking = null
    })
    return this.#seeking
  }

  async #seek(): Promise<boolean> {
    const { tokens, accountId, onMoved, now } = this.#options
    const pair = await tokens.readTokens(accountId)
    const found = pair === null ? null : await this.#ask(pair)
    if (found === null || found === this.#host) {
      this.#trustedUntil = now() + TRUSTED_MS
      return false
    }
    this.#host = found
    await onMoved(found)
    return true
  }

  /** Null: nobody can be asked, or what is said is of no use. */
  async #ask({ accessToken, refreshToken }: TokenPair): Promise<string | null> {
    const { accountId, http, allowedHosts } = this.#options
    const domain = claimsOf(accessToken)?.api_domain
    if (typeof domain !== 'string' || !isAllowedHost(domain, allowedHosts) || refreshToken === null) return null
    const slot = await this.#options.gate.acquire('live')
    if (slot.type === 'closed') return null
    try {
      const exchange = await http.exchange(domain, { method: 'GET', path: PATH, refreshToken }, slot.sent)
      if (exchange.type !== 'answer' || exchange.status !== 200) return null
      const answer = ANSWER.safeParse(exchange.json)
      const isRight = answer.success && answer.data.id === accountId && isAllowedHost(answer.data.domain, allowedHosts)
      return isRight ? answer.data.domain : null
    } catch (error) {
      if (error instanceof AmoError) return null
      throw error
    } finally {
      slot.done()
    }
  }
}
