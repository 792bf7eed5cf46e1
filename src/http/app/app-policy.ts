import type { Config } from '../../config.ts'

/**
 * The Content-Security-Policy of the web app: its own scripts and styles, its own API, nothing inline and nobody else's;
 * in a frame only of this service, of an account, and of the stand-in for accounts in trials.
 */
export const appPolicy = ({ amocrm }: Pick<Config, 'amocrm'>): string => {
  const around = [
    ...amocrm.allowedHosts.map((host) => `https://*.${host}`),
    ...(amocrm.apiOrigin === null ? [] : [amocrm.apiOrigin]),
  ]
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors 'self' ${around.join(' ')}`,
  ].join('; ')
}
