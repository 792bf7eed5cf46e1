import type { FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'
import type { AccountStore } from '../../store/account-store.ts'
import type { UsedTokens } from '../../store/used-tokens.ts'
import type { Access } from './access.ts'
import type { AuthRefusal } from './auth-problems.ts'
import type { Caller, User } from './caller.ts'
import { readDisposableToken } from './disposable-token.ts'
import { isSameSecret } from './is-same-secret.ts'
import type { SessionTokens } from './session-tokens.ts'

export interface AuthParts {
  readonly config: Pick<Config, 'adminToken' | 'amocrm'>
  readonly isAllowedHost: (host: string) => boolean
  readonly accounts: AccountStore
  readonly usedTokens: UsedTokens
  readonly sessions: SessionTokens
  /** Milliseconds. */
  readonly clock: () => number
}

export type Authentication =
  | { readonly type: 'admitted'; readonly caller: Caller }
  | { readonly type: 'refused'; readonly why: AuthRefusal }

/** Who is known by his credentials; a one-time token is used up by `admit`, after all else was found right. */
type Known =
  | { readonly type: 'known'; readonly caller: Caller; readonly admit: () => Promise<boolean> }
  | { readonly type: 'refused'; readonly why: AuthRefusal }

const refused = (why: AuthRefusal) => ({ type: 'refused', why }) as const

/** Finds out who calls, and whether he may use the route: for the account in the path, and to read or to change it. */
export const authenticate = async (
  parts: AuthParts,
  request: Pick<FastifyRequest, 'headers' | 'params'>,
  access: Access,
): Promise<Authentication> => {
  const known = await identify(parts, request, access)
  if (known.type === 'refused') return known
  const { caller } = known
  const why = caller.type === 'user' ? await whyNot(parts, caller, request.params, access) : null
  if (why !== null) return refused(why)
  return (await known.admit()) ? { type: 'admitted', caller } : refused('replayed')
}

const identify = async (
  parts: AuthParts,
  { headers }: Pick<FastifyRequest, 'headers'>,
  access: Access,
): Promise<Known> => {
  const oneTime = headers['x-auth-token']
  if (oneTime !== undefined) return byOneTimeToken(parts, String(oneTime), headers.origin)
  if (access === 'session') return refused('onlyOneTime')
  const [scheme = '', token = ''] = (headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || token === '') return refused('missing')
  const caller = await byBearer(parts, token)
  return caller === null ? refused('bearer') : { type: 'known', caller, admit: async () => true }
}

const byOneTimeToken = async (parts: AuthParts, token: string, origin: string | undefined): Promise<Known> => {
  const { integration, apiOrigin: trialOrigin } = parts.config.amocrm
  if (integration === null) return refused('notSetUp')
  const now = parts.clock() / 1000
  const { isAllowedHost } = parts
  const read = await readDisposableToken(token, { integration, isAllowedHost, now, origin, trialOrigin })
  if (read.type === 'refused') return read
  const { user, jti, until } = read
  return { type: 'known', caller: user, admit: () => parts.usedTokens.use(user.accountId, jti, until - now) }
}

const byBearer = async ({ config, sessions, clock }: AuthParts, token: string): Promise<Caller | null> => {
  if (config.adminToken !== null && isSameSecret(token, config.adminToken)) return { type: 'ops' }
  return sessions.read(token, clock() / 1000)
}

/** Why somebody of an account may not use a route; null: he may. */
const whyNot = async (
  { accounts }: AuthParts,
  { accountId, isAdmin }: User,
  params: unknown,
  access: Access,
): Promise<AuthRefusal | null> => {
  if (access === 'ops') return 'opsOnly'
  const named = accountIn(params)
  if (named !== null && named !== String(accountId)) return 'otherAccount'
  const record = await accounts.read(accountId)
  if (record === null) return 'notInstalled'
  if (record.status === 'disconnected' && access !== 'read') return 'notInstalled'
  return access === 'change' && !isAdmin ? 'adminOnly' : null
}

const accountIn = (params: unknown): string | null =>
  typeof params === 'object' && params !== null && 'accountId' in params ? String(params.accountId) : null
