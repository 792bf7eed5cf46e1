import { randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

const NAME = 'amo_segments_install'
const SECRET = /^[\w-]{43}$/

/** The secret by which a browser that began an installation is known again; null: it began none. */
export const browserSecret = ({ headers }: Pick<FastifyRequest, 'headers'>): string | null => {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=', 2)
    if (name === NAME) return SECRET.test(value) ? value : null
  }
  return null
}

/**
 * Gives the browser a secret, or the one it has for longer, so that installations begun side by side all end well. Sent
 * back when amoCRM redirects to the callback (a top-level navigation, which `Lax` lets through), and to no other page.
 */
export const keepBrowserSecret = (
  request: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
  { redirectUri, seconds }: { readonly redirectUri: string; readonly seconds: number },
): string => {
  const secret = browserSecret(request) ?? randomBytes(32).toString('base64url')
  const { protocol, pathname } = new URL(redirectUri)
  const path = pathname.slice(0, pathname.lastIndexOf('/')) || '/'
  const attributes = [`Path=${path}`, `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax']
  if (protocol === 'https:') attributes.push('Secure')
  reply.header('set-cookie', [`${NAME}=${secret}`, ...attributes].join('; '))
  return secret
}
