import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AccountStore } from '../../store/account-store.ts'
import { ExpiringMap } from '../expiring-map.ts'
import { type ApiProblem, sendApiProblem } from './api-problem.ts'
import { RATES } from './rate-limits.ts'

const MAX_AGE_S = '600'

const PREFLIGHT = { schema: { hide: true }, config: RATES.read }

const FOREIGN: ApiProblem = {
  status: 403,
  code: 'origin_not_allowed',
  title: 'Not allowed',
  detail: 'Only pages of the account itself may call this address from a browser.',
}

/** Strangers may ask for nothing: the hosts of all accounts are not read for each of them, ms. */
const HOSTS_LIFE_MS = 3_000

export interface CorsParts {
  readonly accounts: AccountStore
  readonly isAllowedHost: (host: string) => boolean
  /** In trials the origin whose pages stand for those of every account; else null. */
  readonly trialOrigin: string | null
}

/**
 * Lets pages of an account (its widget) call the API about that account, and no others: no cookies are ever taken, so
 * the token is all that counts. Preflights are answered.
 */
export const allowOwnOrigin = (app: FastifyInstance, parts: CorsParts): void => {
  const isOwn = ownOrigins(parts)
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin')
    const { origin } = request.headers
    if (origin === undefined || !(await isOwn(origin, request))) return
    reply.header('access-control-allow-origin', origin)
    reply.header('access-control-expose-headers', 'ETag, Location, Retry-After')
  })

  app.options('/*', PREFLIGHT, answerPreflight)
  app.options('/accounts/:accountId', PREFLIGHT, answerPreflight)
  app.options('/accounts/:accountId/*', PREFLIGHT, answerPreflight)
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

/**
 * Whether an origin is that of the account in the path, or of any where that account is not installed; where no account
 * is named, of any installed one.
 */
const ownOrigins = ({ accounts, isAllowedHost, trialOrigin }: CorsParts) => {
  const hosts = new ExpiringMap<'all', Promise<ReadonlySet<string>>>(HOSTS_LIFE_MS, 1)
  const hostsOfAll = (): Promise<ReadonlySet<string>> => {
    const known = hosts.get('all')
    if (known !== undefined) return known
    const reading = accounts.list().then((records) => new Set(records.map(({ host }) => host)))
    hosts.set('all', reading)
    return reading
  }
  return async (origin: string, { params }: Pick<FastifyRequest, 'params'>): Promise<boolean> => {
    if (origin === trialOrigin) return true
    const host = origin.startsWith('https://') ? origin.slice('https://'.length) : ''
    if (!isAllowedHost(host)) return false
    if (typeof params !== 'object' || params === null || !('accountId' in params)) return (await hostsOfAll()).has(host)
    const id = Number(params.accountId)
    if (!Number.isSafeInteger(id)) return false
    const account = await accounts.read(id)
    // Where it is not installed there is nothing to be had, and the page is to learn just that.
    return account === null || account.host === host
  }
}
