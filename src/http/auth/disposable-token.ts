import { z } from 'zod'
import type { IntegrationCredentials } from '../../config.ts'
import type { AuthRefusal } from './auth-problems.ts'
import type { User } from './caller.ts'
import { verifiedJwt } from './verified-jwt.ts'

/** Clocks differ by so much, s. */
export const LEEWAY_S = 30

const id = z.int().positive()

/** The claims of amoCRM's one-time tokens (OAuth, disposable tokens). */
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  jti: z.string().min(1).max(256),
  iat: z.number(),
  nbf: z.number(),
  exp: z.number(),
  account_id: id,
  user_id: id,
  client_uuid: z.string(),
  is_admin: z.boolean().default(false),
})

export interface TokenChecks {
  readonly integration: IntegrationCredentials
  readonly isAllowedHost: (host: string) => boolean
  /** Seconds. */
  readonly now: number
  /** The request's Origin, when it has one. */
  readonly origin: string | undefined
  /** In trials the origin whose pages stand for those of every account; else null. */
  readonly trialOrigin: string | null
}

export type DisposableToken =
  /** `until`: the second from which it is expired anyway. */
  | { readonly type: 'genuine'; readonly user: User; readonly jti: string; readonly until: number }
  | { readonly type: 'refused'; readonly why: AuthRefusal }

/**
 * Checks a one-time token of amoCRM: signed for this integration, by an account on the allowed domains, valid now, and
 * sent from a page of that account. Whether it was used before is not asked here.
 */
export const readDisposableToken = async (token: string, checks: TokenChecks): Promise<DisposableToken> => {
  const { integration, now, origin, trialOrigin } = checks
  const verified = await verifiedJwt(token, Buffer.from(integration.clientSecret))
  if (verified.type !== 'signed') return refused(verified.type === 'forged' ? 'signature' : 'malformed')
  const parsed = Claims.safeParse(verified.claims)
  if (!parsed.success) return refused('malformed')
  const claims = parsed.data
  if (claims.exp + LEEWAY_S <= now) return refused('expired')
  if (Math.max(claims.nbf, claims.iat) - LEEWAY_S > now) return refused('notYet')
  if (claims.aud !== new URL(integration.redirectUri).origin) return refused('audience')
  if (claims.client_uuid !== integration.clientId) return refused('client')
  const issuer = originOf(claims.iss)
  if (issuer === null || !checks.isAllowedHost(issuer.host)) return refused('issuer')
  const isForeign = origin !== undefined && origin !== issuer.origin && origin !== trialOrigin
  if (isForeign) return refused('origin')
  const { account_id: accountId, user_id: userId, is_admin: isAdmin, jti, exp } = claims
  return { type: 'genuine', user: { type: 'user', accountId, userId, isAdmin }, jti, until: exp + LEEWAY_S }
}

const refused = (why: AuthRefusal): DisposableToken => ({ type: 'refused', why })

/** An account's address, and nothing else: no user, path or other scheme. */
const originOf = (text: string): URL | null => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url?.protocol === 'https:' && url.href === `${url.origin}/` ? url : null
}
