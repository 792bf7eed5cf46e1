import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ALL_ROUTES } from './api/all-routes.ts'
import { isObject } from './api/item-reader.ts'
import { Problem } from './api/problem.ts'
import { type ApiContext, splitUrl, worldOf } from './api/serve-api.ts'
import { nginxPage, type RequestFault } from './faults.ts'
import type { RequestRecord } from './stats.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Null on the sandbox's own addresses. */
    record: RequestRecord | null
    isAnswerLost: boolean
  }
}

/** What stands before and behind every request of the platform: the record, the rate limit, faults, error bodies. */
export function installGate(app: FastifyInstance, context: ApiContext): void {
  app.decorateRequest('record', null)
  app.decorateRequest('isAnswerLost', false)
  app.addHook('onRequest', async (request) => {
    request.record = recordOf(request, context)
  })
  app.addHook('preHandler', (request, reply) => passGate(request, reply, context))
  app.addHook('onSend', async (request, _, payload) => {
    if (request.isAnswerLost) request.raw.socket.destroy()
    return payload
  })
  app.addHook('onResponse', async ({ record }, reply) => {
    if (record !== null) context.stats.noteAnswer(record, reply.statusCode)
  })
  app.setErrorHandler((error, _, reply) => refuse(reply, error))
  app.setNotFoundHandler((request, reply) => refuse(reply, unknownAddress(request)))
}

/** A request counts from its arrival, also if it is never answered. */
function recordOf(request: FastifyRequest, context: ApiContext): RequestRecord | null {
  const [path, query] = splitUrl(request.url)
  if (path.startsWith('/_sandbox')) return null
  const isApi = path.startsWith('/api/')
  const accountId = isApi ? (worldOf(request, context)?.world.account.id ?? null) : null
  const record = { at: context.clock(), accountId, method: request.method, path, query, status: 0 }
  context.stats.noteRequest(record)
  return record
}

async function passGate(request: FastifyRequest, reply: FastifyReply, context: ApiContext): Promise<unknown> {
  const { record, body } = request
  if (record !== null && context.oldHosts.answer(request, reply, presentHost(request, context))) return reply
  if (record === null || record.path === '/oauth') return undefined
  const { accountId, method, path, query } = record
  if (accountId !== null) {
    const verdict = context.limit.take(String(accountId))
    if (verdict === 'blocked') return reply.code(403).type('text/html').send(nginxPage(403))
    if (verdict === 'too_many') return refuse(reply, new Problem(429, 'Too many requests', { retry_after: 1 }))
  }
  const fault = context.faults.onRequest({ accountId, method, path, query, body })
  return fault === undefined ? undefined : fail(request, reply, fault)
}

/** Where the account is now whose token a request shows; null: it shows none. */
function presentHost(request: FastifyRequest, context: ApiContext): string | null {
  const shown = isObject(request.body) ? String(request.body.refresh_token ?? '') : ''
  const owner = context.issuer.ownerOfRefresh(shown)
  const world = owner ? context.worlds.get(owner.accountId) : worldOf(request, context)?.world
  return world === undefined ? null : `${world.account.subdomain}.amocrm.ru`
}

async function fail(request: FastifyRequest, reply: FastifyReply, fault: RequestFault): Promise<unknown> {
  if ('status' in fault) {
    const body = fault.body ?? new Problem(fault.status, 'Fault').body
    const type = typeof body === 'string' ? 'text/plain' : 'application/problem+json'
    return reply
      .code(fault.status)
      .headers(fault.headers ?? {})
      .type(type)
      .send(body)
  }
  if ('html' in fault) return reply.code(fault.html).type('text/html').send(nginxPage(fault.html))
  if ('delayMs' in fault) {
    await sleep(fault.delayMs)
    return undefined
  }
  if ('loseAnswer' in fault) {
    request.isAnswerLost = true
    return undefined
  }
  reply.hijack()
  if ('reset' in fault) request.raw.socket.destroy()
  return reply
}

/** 405 where only the method is wrong, e.g. for deletions, which the public API does not have. */
function unknownAddress(request: FastifyRequest): Problem {
  const [path] = splitUrl(request.url)
  const isKnown = ALL_ROUTES.some((route) => new RegExp(`^/api${route.path.replaceAll(/:\w+/g, '\\d+')}$`).test(path))
  return isKnown ? new Problem(405, 'Method not allowed') : new Problem(404, 'Not found')
}

function refuse(reply: FastifyReply, error: unknown): FastifyReply {
  const problem = error instanceof Problem ? error : problemOf(error)
  return reply.code(problem.status).type('application/problem+json').send(problem.body)
}

function problemOf(error: unknown): Problem {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return new Problem(status, error instanceof Error ? error.message : String(error))
}
