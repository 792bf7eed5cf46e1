import type { FastifyReply, FastifyRequest } from 'fastify'
import { nginxPage } from './faults.ts'

/**
 * What stands at the host an account had before it was renamed:
 * - `redirect`: every request is sent on to the new host.
 * - `gone`: a page says that there is no such account.
 * - `taken`: another account has it: only its own tokens open anything there.
 */
export type OldHost = 'redirect' | 'gone' | 'taken'

interface Left {
  readonly how: OldHost
  readonly to: string
}

/** The hosts that renamed accounts left. Callers tell which host they mean by `X-Forwarded-Host`, as through a proxy. */
export class OldHosts {
  readonly #left = new Map<string, Left>()

  leave(host: string, left: Left): void {
    this.#left.set(host, left)
  }

  /** Answers a request to an old host; false: it was meant for one that serves. `presentHost`: of the token's account. */
  answer(request: FastifyRequest, reply: FastifyReply, presentHost: string | null): boolean {
    const host = request.headers['x-forwarded-host']
    const left = typeof host === 'string' ? this.#left.get(host) : undefined
    if (left === undefined || (left.how === 'taken' && (presentHost === null || presentHost === host))) return false
    if (left.how === 'redirect') reply.redirect(`https://${left.to}${request.url}`, 301)
    else if (left.how === 'gone') reply.code(404).type('text/html').send(nginxPage(404))
    else {
      const title = 'Unauthorized'
      reply.code(401).type('application/problem+json').send({ title, status: 401, detail: title })
    }
    return true
  }
}
