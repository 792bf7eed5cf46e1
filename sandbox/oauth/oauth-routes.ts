import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isObject } from '../api/item-reader.ts'
import { Problem } from '../api/problem.ts'
import type { World } from '../world/world.ts'
import type { Integration, TokenIssuer } from './token-issuer.ts'

export interface OauthContext {
  readonly integration: Integration
  readonly issuer: TokenIssuer
  readonly worlds: ReadonlyMap<number, World>
}

/** Token endpoint, the consent page (which consents at once), and the look-up of an account's present subdomain. */
export function oauthRoutes(app: FastifyInstance, context: OauthContext): void {
  app.post('/oauth2/access_token', (request) => {
    if (!isObject(request.body)) throw new Problem(400, 'Request body must be an object')
    return context.issuer.exchange(request.body)
  })
  app.get('/oauth', (request, reply) => reply.redirect(consent(request, context)))
  app.get('/oauth2/account/current/subdomain', (request) => {
    const token = request.headers['x-refresh-token']
    const owner = typeof token === 'string' ? context.issuer.ownerOfRefresh(token) : null
    const world = owner === null ? undefined : context.worlds.get(owner.accountId)
    if (world === undefined) throw new Problem(401, 'The refresh token is invalid')
    const { id, subdomain } = world.account
    return { id, subdomain, domain: `${subdomain}.amocrm.ru`, top_level_domain: 'ru' }
  })
}

/** Where a person who agrees is sent: of the account `account_id`, or of the first one. */
function consent(request: FastifyRequest, { integration, issuer, worlds }: OauthContext): string {
  const query = new URL(request.url, 'http://localhost').searchParams
  if (query.get('client_id') !== integration.clientId) throw new Problem(400, 'Unknown client_id')
  const accountId = query.get('account_id')
  const world = accountId === null ? [...worlds.values()][0] : worlds.get(Number(accountId))
  if (world === undefined) throw new Problem(404, 'Unknown account')
  return redirectTarget(integration, issuer, world, query.get('state') ?? undefined)
}

/** The product's redirect address with a fresh code for an account's admin. */
export function redirectTarget(
  integration: Integration,
  issuer: TokenIssuer,
  world: World,
  state: string | undefined,
  redirect = integration.redirectUri,
  userId = world.admin.id,
): string {
  const target = new URL(redirect)
  const code = issuer.code({ accountId: world.account.id, userId })
  target.searchParams.set('code', code)
  target.searchParams.set('referer', `${world.account.subdomain}.amocrm.ru`)
  target.searchParams.set('platform', '1')
  target.searchParams.set('client_id', integration.clientId)
  if (state === undefined) target.searchParams.set('from_widget', '1')
  else target.searchParams.set('state', state)
  return target.href
}
