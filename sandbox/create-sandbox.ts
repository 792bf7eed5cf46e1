import Fastify, { type FastifyInstance } from 'fastify'
import { type ApiContext, serveApi } from './api/serve-api.ts'
import { controlRoutes } from './control-routes.ts'
import type { Faults } from './faults.ts'
import { installGate } from './gate.ts'
import { HookSender } from './hooks/hook-sender.ts'
import { type CallOutcome, callDisconnect, callRedirect, disposableToken } from './install.ts'
import { oauthRoutes } from './oauth/oauth-routes.ts'
import { type Integration, type TokenAnswer, TokenIssuer } from './oauth/token-issuer.ts'
import { type OldHost, OldHosts } from './old-hosts.ts'
import {
  PLATFORM_HOOK_TIMEOUT_MS,
  PLATFORM_REQUESTS_PER_SECOND,
  PLATFORM_RETRIES,
  type SandboxOptions,
} from './options.ts'
import { SlidingLimit } from './sliding-limit.ts'
import { stageRoutes } from './stage/stage-routes.ts'
import { WidgetStage } from './stage/widget-stage.ts'
import { Stats } from './stats.ts'
import { type AccountWorld, createWorlds } from './world/create-worlds.ts'
import { PLATFORM_MOST_INVALID } from './world/subscriptions.ts'

/** A running imitation of amoCRM. */
export interface Sandbox {
  /** Origin, to be used in place of every account's host. */
  readonly url: string
  /** By account id. */
  readonly worlds: ReadonlyMap<number, AccountWorld>
  /** That of the first account. */
  readonly world: AccountWorld
  /** May be changed, e.g. to set the redirect address once the product listens. */
  readonly integration: { -readonly [K in keyof Integration]: Integration[K] }
  readonly stats: Stats
  readonly hooks: HookSender
  readonly faults: Faults
  /** Where an uploaded widget is looked at. */
  readonly stage: WidgetStage
  /** The world of an account, by default the first; throws where there is none. */
  account(accountId?: number): AccountWorld
  /** Installs the integration: calls the redirect address, with `state` as from a button, without as from a widget. */
  install(options?: { accountId?: number; redirect?: string; state?: string; userId?: number }): Promise<CallOutcome>
  /** Revokes an account's tokens and calls the address of the disconnect hook. */
  disconnect(options: { accountId?: number; address: string }): Promise<CallOutcome>
  /** Gives an account another subdomain; its old host goes on serving it unless told what stands there by now. */
  rename(options: { accountId?: number; subdomain: string; oldHost?: OldHost }): void
  /** A token pair without an installation. */
  tokens(accountId?: number, userId?: number): TokenAnswer
  longLivedToken(options?: { accountId?: number; userId?: number; seconds?: number }): string
  revokeToken(token: string): void
  /** The widget's one-time token, HS256. */
  disposableToken(options?: { accountId?: number; userId?: number; claims?: Record<string, unknown> }): string
  /** Blocks an account's API with 403 pages, or lifts a block. */
  block(accountId?: number): void
  unblock(accountId?: number): void
  close(): Promise<void>
}

const YEAR_SECONDS = 365 * 86_400

/** Starts a sandbox. Nothing is kept on disk; `close` ends it. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now
  const integration = {
    clientId: options.clientId ?? '5a1d0c6e-9f1b-4b58-8a53-2f6f0c1f7d11',
    clientSecret: options.clientSecret ?? 'sandbox-client-secret',
    redirectUri: options.redirectUri ?? 'http://127.0.0.1:3000/oauth/callback',
  }
  const worlds = createWorlds(options, now)
  const [world] = worlds.values()
  if (world === undefined) throw new Error('A sandbox needs one account at least')
  const stats = new Stats()
  const faults: Faults = { onRequest: () => undefined, onHook: () => undefined, ...options.faults }
  const hooks = new HookSender({
    now,
    timeoutMs: options.hookTimeoutMs ?? PLATFORM_HOOK_TIMEOUT_MS,
    retrySchedule: options.retrySchedule ?? PLATFORM_RETRIES,
    concurrency: options.hookConcurrency ?? 20,
    mostInvalidAnswers: options.mostInvalidAnswers ?? PLATFORM_MOST_INVALID,
    onHook: (hook) => faults.onHook(hook),
    onDelivery: (delivery) => stats.noteDelivery(delivery),
  })
  for (const each of worlds.values()) each.announce = (announcement) => hooks.announce(each, announcement)
  const issuer = new TokenIssuer(integration, now, options.accessTokenMs)
  const clock = options.limiterClock ?? (() => performance.now())
  const limit = new SlidingLimit({
    requestsPerSecond: options.requestsPerSecond ?? PLATFORM_REQUESTS_PER_SECOND,
    blockAfter: options.blockAfter ?? null,
    clock,
  })
  const oldHosts = new OldHosts()
  const app = buildServer(
    { oldHosts, worlds, issuer, limit, stats, faults, latencyMs: options.latencyMs ?? 0, clock },
    integration,
  )
  controlRoutes(app, () => sandbox)
  stageRoutes(app, () => sandbox)
  const url = await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 })

  const account = (id = world.account.id): AccountWorld => {
    const found = worlds.get(id)
    if (found === undefined) throw new Error(`The sandbox has no account ${id}`)
    return found
  }
  const sandbox: Sandbox = {
    url,
    worlds,
    world,
    integration,
    stats,
    hooks,
    faults,
    stage: new WidgetStage(() => url),
    account,
    install: ({ accountId, ...rest } = {}) => callRedirect(integration, issuer, account(accountId), rest),
    disconnect: ({ accountId = world.account.id, address }) => {
      issuer.revokeAccount(accountId)
      return callDisconnect(integration, accountId, address)
    },
    rename: ({ accountId, subdomain, oldHost }) => {
      const world = account(accountId)
      const left = `${world.account.subdomain}.amocrm.ru`
      world.rename(subdomain)
      if (oldHost !== undefined) oldHosts.leave(left, { how: oldHost, to: `${subdomain}.amocrm.ru` })
    },
    tokens: (accountId, userId) => {
      const { account: profile, admin } = account(accountId)
      return issuer.pair({ accountId: profile.id, userId: userId ?? admin.id })
    },
    longLivedToken: ({ accountId, userId, seconds = YEAR_SECONDS } = {}) => {
      const { account: profile, admin } = account(accountId)
      return issuer.access({ accountId: profile.id, userId: userId ?? admin.id }, seconds * 1000)
    },
    revokeToken: (token) => issuer.revoke(token),
    disposableToken: ({ accountId, ...rest } = {}) => disposableToken(integration, account(accountId), rest),
    block: (accountId) => limit.block(String(account(accountId).account.id)),
    unblock: (accountId) => limit.unblock(String(account(accountId).account.id)),
    close: async () => {
      hooks.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
  return sandbox
}

const MOST_BODY_BYTES = 8 * 1024 * 1024

function buildServer(context: ApiContext, integration: Integration): FastifyInstance {
  const app = Fastify({
    bodyLimit: MOST_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { querystringParser: () => ({}) },
  })
  installGate(app, context)
  oauthRoutes(app, { integration, issuer: context.issuer, worlds: context.worlds })
  serveApi(app, context)
  return app
}
