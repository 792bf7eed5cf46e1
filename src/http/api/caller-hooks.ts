import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AccountContext } from '../../sync/account-context.ts'
import { accountNow, type Office } from '../../sync/queries/office.ts'
import { AUTH_PROBLEMS } from '../auth/auth-problems.ts'
import { type AuthParts, authenticate } from '../auth/authenticate.ts'
import type { Caller } from '../auth/caller.ts'
import { type ApiProblem, sendApiProblem } from './api-problem.ts'
import { isTooDeep } from './is-too-deep.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a route of the API, once it was found out. */
    caller: Caller | null
    /** The account in the path of a route of the API. */
    account: AccountContext | null
  }
}

const UNKNOWN_ACCOUNT: ApiProblem = {
  status: 404,
  code: 'account_unknown',
  title: 'Not found',
  detail: 'The integration is not installed in this account.',
}

const TOO_DEEP: ApiProblem = {
  status: 400,
  code: 'too_deep',
  title: 'Bad request',
  detail: 'The body is nested deeper than anything this service takes.',
}

/** Before a route of the API: who calls, may he, and the account he asks about. */
export const knowCallers = (app: FastifyInstance, auth: AuthParts, office: Office): void => {
  app.decorateRequest('caller', null)
  app.decorateRequest('account', null)

  // Before the body is read: strangers' bodies are not even parsed.
  app.addHook('preParsing', async (request, reply) => {
    const { access } = request.routeOptions.config
    if (access === undefined) return
    const found = await authenticate(auth, request, access)
    if (found.type === 'admitted') {
      request.caller = found.caller
      return
    }
    const problem = AUTH_PROBLEMS[found.why]
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
    return sendApiProblem(reply, problem)
  })

  app.addHook('preValidation', async (request, reply) => {
    if (isTooDeep(request.body)) return sendApiProblem(reply, TOO_DEEP)
  })

  app.addHook('preHandler', async (request, reply) => {
    const { params, method } = request
    // Preflights ask whether a page may ask, of accounts too that are not there.
    if (method === 'OPTIONS' || typeof params !== 'object' || params === null || !('accountId' in params)) return
    request.account = await accountNow(office, Number(params.accountId))
    if (request.account === null) return sendApiProblem(reply, UNKNOWN_ACCOUNT)
  })
}

/** The account in the path: there, wherever a handler with one is reached. */
export const accountOf = ({ account }: Pick<FastifyRequest, 'account'>): AccountContext => {
  if (account === null) throw new Error('this route has no account in its path')
  return account
}

/** Who did something, for people who read of it later: his name and id as the account knows him. */
export const authorOf = ({ caller, account }: Pick<FastifyRequest, 'caller' | 'account'>): string => {
  if (caller?.type !== 'user') return 'ops'
  const name = account?.compiled.account.users.find(({ id }) => id === caller.userId)?.name
  return name === undefined ? `#${caller.userId}` : `${name} #${caller.userId}`
}
