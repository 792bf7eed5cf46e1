import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Faults } from '../faults.ts'
import type { TokenIssuer } from '../oauth/token-issuer.ts'
import type { OldHosts } from '../old-hosts.ts'
import type { SlidingLimit } from '../sliding-limit.ts'
import type { Stats } from '../stats.ts'
import type { World } from '../world/world.ts'
import { ALL_ROUTES } from './all-routes.ts'
import type { ApiAnswer, ApiCall, Route } from './api-call.ts'
import { parseBracketQuery } from './bracket-query.ts'
import { Problem } from './problem.ts'

export interface ApiContext {
  readonly worlds: ReadonlyMap<number, World>
  readonly issuer: TokenIssuer
  readonly limit: SlidingLimit
  readonly stats: Stats
  readonly faults: Faults
  readonly oldHosts: OldHosts
  /** Milliseconds; half before a request is looked at, half before its answer goes out. */
  readonly latencyMs: number
  /** Milliseconds, of the limiter. */
  readonly clock: () => number
}

/** Registers the REST API: limit, token and faults before every route, problem+json after every refusal. */
export function serveApi(app: FastifyInstance, context: ApiContext): void {
  for (const route of ALL_ROUTES) {
    app.route({
      method: route.method,
      url: `/api${route.path.replaceAll(/:(\w+)/g, ':$1(^\\d+$)')}`,
      handler: (request, reply) => answer(request, reply, context, route),
    })
  }
}

async function answer(request: FastifyRequest, reply: FastifyReply, context: ApiContext, route: Route) {
  if (context.latencyMs > 0) await sleep(context.latencyMs / 2)
  const { status, body } = route.handle(callOf(request, context))
  if (context.latencyMs > 0) await sleep(context.latencyMs / 2)
  return send(reply, { status, body })
}

function send(reply: FastifyReply, { status, body }: ApiAnswer): FastifyReply {
  if (body === null) return reply.code(status).send()
  return reply.code(status).type('application/hal+json').send(body)
}

/** The world a request's token opens; throws 401 where it opens none. */
export function worldOf(request: FastifyRequest, { issuer, worlds }: ApiContext) {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ')
  const grantee = scheme === 'Bearer' && token !== undefined ? issuer.identify(token) : null
  const world = grantee === null ? undefined : worlds.get(grantee.accountId)
  const user = world?.users.find(({ id }) => id === grantee?.userId)
  return world === undefined || user === undefined ? null : { world, user }
}

function callOf(request: FastifyRequest, context: ApiContext): ApiCall {
  const owner = worldOf(request, context)
  if (owner === null) throw new Problem(401, 'Unauthorized')
  const { world, user } = owner
  const [path = '', search = ''] = splitUrl(request.url)
  return {
    world,
    user,
    actor: { userId: world.doubts.writesAs === 'user' ? user.id : 0 },
    query: parseBracketQuery(search),
    search,
    path,
    params: request.params as Record<string, string>,
    body: request.body,
    base: `https://${world.account.subdomain}.amocrm.ru`,
  }
}

export function splitUrl(url: string): readonly [string, string] {
  const at = url.indexOf('?')
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)]
}
