import { createHmac, randomUUID } from 'node:crypto'
import { signedToken } from './oauth/jwt.ts'
import { redirectTarget } from './oauth/oauth-routes.ts'
import type { Integration, TokenIssuer } from './oauth/token-issuer.ts'
import type { World } from './world/world.ts'

/** How the product answered a call of the platform; status 0: not in time, or not at all. */
export interface CallOutcome {
  readonly status: number
  readonly body: string
}

const INSTALL_TIMEOUT_MS = 3000

/** Calls the redirect address as the platform does when a widget is installed: once, for three seconds at most. */
export function callRedirect(
  integration: Integration,
  issuer: TokenIssuer,
  world: World,
  { redirect, state, userId }: { readonly redirect?: string; readonly state?: string; readonly userId?: number },
): Promise<CallOutcome> {
  return call(redirectTarget(integration, issuer, world, state, redirect, userId))
}

/** Tells the product that an account switched the integration off; the caller revokes the tokens. */
export function callDisconnect(integration: Integration, accountId: number, address: string): Promise<CallOutcome> {
  const { clientId, clientSecret } = integration
  const target = new URL(address)
  const signature = createHmac('sha256', clientSecret).update(`${clientId}|${accountId}`).digest('hex')
  target.searchParams.set('account_id', String(accountId))
  target.searchParams.set('client_uuid', clientId)
  target.searchParams.set('signature', signature)
  return call(target.href)
}

async function call(address: string): Promise<CallOutcome> {
  try {
    const signal = AbortSignal.timeout(INSTALL_TIMEOUT_MS)
    const answer = await fetch(address, { redirect: 'manual', signal })
    return { status: answer.status, body: await answer.text() }
  } catch {
    return { status: 0, body: '' }
  }
}

const DISPOSABLE_SECONDS = 1800

/** The one-time token a widget sends to its backend; `claims` may bend any part of it. */
export function disposableToken(
  integration: Integration,
  world: World,
  options: { readonly userId?: number; readonly claims?: Readonly<Record<string, unknown>> } = {},
): string {
  const { account } = world
  const userId = options.userId ?? world.admin.id
  return signedToken(
    {
      iss: `https://${account.subdomain}.amocrm.ru`,
      aud: new URL(integration.redirectUri).origin,
      jti: randomUUID(),
      iat: world.now(),
      nbf: world.now(),
      exp: world.now() + DISPOSABLE_SECONDS,
      account_id: account.id,
      subdomain: account.subdomain,
      client_uuid: integration.clientId,
      user_id: userId,
      is_admin: world.users.some(({ id, isAdmin }) => id === userId && isAdmin),
      ...options.claims,
    },
    integration.clientSecret,
  )
}
