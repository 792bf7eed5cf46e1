import type { IncomingHttpHeaders } from 'node:http'
import type { Config } from '../../config.ts'
import { isSameSecret } from './is-same-secret.ts'

/**
 * Whether a page may be shown that is the operator's: to whoever sends the admin token, as a bearer token or as the
 * password of any name; outside production without one, to everybody.
 */
export const isOperator = (
  { adminToken, production }: Pick<Config, 'adminToken' | 'production'>,
  { authorization = '' }: IncomingHttpHeaders,
): boolean => {
  if (adminToken === null) return !production
  const [scheme = '', value = ''] = authorization.split(' ')
  const shown = scheme.toLowerCase() === 'bearer' ? value : passwordOf(value)
  return isSameSecret(shown, adminToken)
}

const passwordOf = (basic: string): string => {
  const pair = Buffer.from(basic, 'base64').toString('utf8')
  return pair.slice(pair.indexOf(':') + 1)
}
