import { randomBytes, randomUUID } from 'node:crypto'
import { Problem } from '../api/problem.ts'
import { accessToken } from './jwt.ts'

export interface Integration {
  readonly clientId: string
  readonly clientSecret: string
  readonly redirectUri: string
}

/** Whom a token speaks for. */
export interface Grantee {
  readonly accountId: number
  readonly userId: number
}

interface Grant extends Grantee {
  /** Milliseconds. */
  readonly expiresAt: number
}

export interface TokenAnswer {
  readonly token_type: 'Bearer'
  readonly expires_in: number
  readonly access_token: string
  readonly refresh_token: string
}

const CODE_MS = 20 * 60_000
const ACCESS_MS = 24 * 3_600_000
const REFRESH_MS = 90 * ACCESS_MS

/**
 * Issues and checks tokens by amoCRM's rules: a code lives 20 minutes and works once, an access token 24 hours, a
 * refresh token three months and works once.
 */
export class TokenIssuer {
  readonly #integration: Integration
  readonly #now: () => number
  readonly #accessMs: number
  readonly #codes = new Map<string, Grant>()
  readonly #access = new Map<string, Grant>()
  readonly #refresh = new Map<string, Grant>()

  /** `now` and `accessMs`, the life of an access token, in milliseconds. */
  constructor(integration: Integration, now: () => number, accessMs = ACCESS_MS) {
    this.#integration = integration
    this.#now = now
    this.#accessMs = accessMs
  }

  code(grantee: Grantee): string {
    const code = `def502${randomBytes(40).toString('hex')}`
    this.#codes.set(code, { ...grantee, expiresAt: this.#now() + CODE_MS })
    return code
  }

  /** A pair made without a code: for tests that start behind the installation. */
  pair(grantee: Grantee): TokenAnswer {
    const refresh = `def502${randomBytes(80).toString('hex')}`
    this.#refresh.set(refresh, { ...grantee, expiresAt: this.#now() + REFRESH_MS })
    return {
      token_type: 'Bearer',
      expires_in: this.#accessMs / 1000,
      access_token: this.access(grantee, this.#accessMs),
      refresh_token: refresh,
    }
  }

  /** An access token alone, e.g. a long-lived one of a private integration. */
  access(grantee: Grantee, lifeMs: number): string {
    const now = Math.floor(this.#now() / 1000)
    const token = accessToken({
      aud: this.#integration.clientId,
      jti: randomBytes(32).toString('hex'),
      iat: now,
      nbf: now,
      exp: now + Math.floor(lifeMs / 1000),
      sub: String(grantee.userId),
      grant_type: '',
      account_id: grantee.accountId,
      base_domain: 'amocrm.ru',
      version: 2,
      scopes: ['push_notifications', 'files', 'crm', 'files_delete', 'notifications'],
      hash_uuid: randomUUID(),
      api_domain: 'api-b.amocrm.ru',
    })
    this.#access.set(token, { ...grantee, expiresAt: this.#now() + lifeMs })
    return token
  }

  /** Null: unknown, expired or revoked. */
  identify(token: string): Grantee | null {
    const grant = this.#access.get(token)
    return grant !== undefined && grant.expiresAt > this.#now() ? grant : null
  }

  /** Whom a refresh token belongs to, without using it up. */
  ownerOfRefresh(token: string): Grantee | null {
    return this.#refresh.get(token) ?? null
  }

  revoke(token: string): void {
    this.#access.delete(token)
    this.#refresh.delete(token)
  }

  revokeAccount(accountId: number): void {
    for (const tokens of [this.#codes, this.#access, this.#refresh]) {
      for (const [token, grant] of tokens) if (grant.accountId === accountId) tokens.delete(token)
    }
  }

  /** Answers `POST /oauth2/access_token`; throws a Problem where it refuses. */
  exchange(body: Readonly<Record<string, unknown>>): TokenAnswer {
    const { clientId, clientSecret, redirectUri } = this.#integration
    if (body.client_id !== clientId || body.client_secret !== clientSecret) {
      throw refusal(401, 'Client authentication failed', 'Check the `client_id` and `client_secret`')
    }
    if (body.redirect_uri !== redirectUri) {
      throw refusal(400, 'The request is missing a required parameter', 'Check the `redirect_uri` parameter')
    }
    if (body.grant_type === 'authorization_code') return this.#spendCode(String(body.code ?? ''))
    if (body.grant_type === 'refresh_token') return this.#spendRefresh(String(body.refresh_token ?? ''))
    throw refusal(400, 'The authorization grant type is not supported', 'Check that all required parameters are given')
  }

  #spendCode(code: string): TokenAnswer {
    const grant = this.#codes.get(code)
    this.#codes.delete(code)
    if (grant === undefined) throw refusal(400, 'The code is invalid', 'Authorization code has been revoked')
    if (grant.expiresAt <= this.#now()) throw refusal(400, 'The code is invalid', 'Authorization code has expired')
    return this.pair(grant)
  }

  #spendRefresh(token: string): TokenAnswer {
    const grant = this.#refresh.get(token)
    this.#refresh.delete(token)
    if (grant === undefined) throw refusal(401, 'The refresh token is invalid', 'Token has been revoked')
    if (grant.expiresAt <= this.#now()) throw refusal(401, 'The refresh token is invalid', 'Token has expired')
    return this.pair(grant)
  }
}

function refusal(status: number, detail: string, hint: string): Problem {
  return new Problem(status, detail, { hint })
}
