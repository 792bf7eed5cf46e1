import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AccountStore } from '../../store/account-store.ts'
import { type ApiProblem, sendApiProblem } from './api-problem.ts'

const MAX_AGE_S = '600'

const FOREIGN: ApiProblem = {
  status: 403,
  code: 'origin_not_allowed',
  title: 'Not allowed',
  detail: 'Only pages of the account itself may call this address from a browser.',
}

export interface CorsParts {
  readonly accounts: AccountStore
  readonly isAllowedHost: (host: string) => boolean
}

/**
 * Lets pages of an account (its widget) call the API about that account, and no others: no cookies are ever taken, so
 * the token is all that counts. Preflights are answered.
 */
export const allowOwnOrigin = (app: FastifyInstance, parts: CorsParts): void => {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !(await isOwn(parts, origin, request))) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-expose-headers', 'ETag, Location, Retry-After')
  })

  app.options('/*', { schema: { hide: true } }, answerPreflight)
  app.options('/accounts/:accountId', { schema: { hide: true } }, answerPreflight)
  app.options('/accounts/:accountId/*', { schema: { hide: true } }, answerPreflight)
}

const answerPreflight = async (_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  if (!reply.hasHeader('access-control-allow-origin')) return sendApiProblem(reply, FOREIGN)
  return reply
    .header('access-control-allow-methods', 'GET, POST, PUT, DELETE')
    .header('access-control-allow-headers', 'X-Auth-Token, Authorization, Content-Type, If-Match')
    .header('access-control-max-age', MAX_AGE_S)
    .code(204)
    .send()
}

/** The origin of the account in the path; where none is named, of any installed account. */
const isOwn = async ({ accounts, isAllowedHost }: CorsParts, origin: string, { params }: FastifyRequest) => {
  const host = origin.startsWith('https://') ? origin.slice('https://'.length) : ''
  if (!isAllowedHost(host)) return false
  const named = typeof params === 'object' && params !== null && 'accountId' in params ? Number(params.accountId) : null
  if (named === null) return (await accounts.list()).some((record) => record.host === host)
  return Number.isSafeInteger(named) && (await accounts.read(named))?.host === host
}
