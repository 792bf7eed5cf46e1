import { createHmac, randomBytes } from 'node:crypto'

type Claims = Readonly<Record<string, unknown>>

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A token signed with a shared secret, as widget and Salesbot tokens are. */
export function signedToken(claims: Claims, secret: string, algorithm: 'HS256' | 'HS512' = 'HS256'): string {
  const text = `${part({ typ: 'JWT', alg: algorithm })}.${part(claims)}`
  const hash = algorithm === 'HS256' ? 'sha256' : 'sha512'
  return `${text}.${createHmac(hash, secret).update(text).digest('base64url')}`
}

/**
 * An access token in amoCRM's form. The platform publishes no key to check its RS256 signature with, so random bytes of
 * the right length stand for it.
 */
export function accessToken(claims: Claims): string {
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.${randomBytes(256).toString('base64url')}`
}
