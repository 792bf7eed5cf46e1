import type { TokenPair, TokenStore } from '../../amocrm/token-store.ts'

/** How long tokens live: access 24 hours, refresh 3 months, both from when the pair was given (amoCRM, OAuth). */
const ACCESS_LIFE_S = 86_400
export const REFRESH_LIFE_S = 90 * 86_400

/** The life of an account's tokens, in seconds; null: not known. */
export interface TokenLife {
  readonly kind: 'oauth' | 'long_lived'
  readonly givenAt: number | null
  /** The access token is renewed shortly before. */
  readonly accessUntil: number | null
  /** Unless a work renews the pair before, the account has to be connected anew then. */
  readonly refreshUntil: number | null
}

/** Null: there are none, or no key opens them; the work that needs them says what is wrong. */
export const tokenLife = async (
  vault: Pick<TokenStore, 'readTokens'> | undefined,
  accountId: number,
): Promise<TokenLife | null> => {
  const pair = await vault?.readTokens(accountId).catch(() => null)
  return pair ? lifeOf(pair) : null
}

export const lifeOf = ({ refreshToken, expiresAt }: Pick<TokenPair, 'refreshToken' | 'expiresAt'>): TokenLife => {
  const accessUntil = expiresAt === null ? null : Math.floor(expiresAt / 1000)
  if (refreshToken === null) return { kind: 'long_lived', givenAt: null, accessUntil, refreshUntil: null }
  const givenAt = accessUntil === null ? null : accessUntil - ACCESS_LIFE_S
  return { kind: 'oauth', givenAt, accessUntil, refreshUntil: givenAt === null ? null : givenAt + REFRESH_LIFE_S }
}
