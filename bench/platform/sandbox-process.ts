import { setTimeout as delay } from 'node:timers/promises'
import { createSandbox, type Sandbox } from '../../sandbox/create-sandbox.ts'
import type { SandboxOptions } from '../../sandbox/options.ts'
import type { TokenPair } from '../../src/amocrm/token-store.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { serveParent } from '../support/remote.ts'
import { ClientWatch } from './client-watch.ts'
import { type LeastRequests, leastRequests, type TagPhoto, tagPhoto, wrongClients } from './least-requests.ts'
import { redirectRelay } from './redirect-relay.ts'
import { buyers, sell } from './sales.ts'
import { enterSleepers, latenessOf, type Sleeper, type SleeperOptions } from './sleepers.ts'
import { type Traffic, trafficOf } from './traffic.ts'

export interface Opened {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly accountIds: readonly number[]
}

export interface Sales {
  readonly accountId: number
  readonly count: number
  /** Over which they are spread evenly; null: each comes when the one before stands on the card. */
  readonly seconds: number | null
  /** How long a client may stand wrong, ms. */
  readonly limitMs: number
}

export interface Sold {
  /** Of each client: ms until his cards stood right; null: they did not in time. */
  readonly latencies: readonly (number | null)[]
  /** From the first sale to the last client that stood right. */
  readonly seconds: number
}

const TICK_MS = 10

let opened: Sandbox | null = null
let relay = ''
const watches = new Map<number, ClientWatch>()
const photos = new Map<number, TagPhoto>()
const picked = new Map<number, readonly ClientRef[]>()
const sleeping = new Map<number, readonly Sleeper[]>()

function platform(): Sandbox {
  if (!opened) throw new Error('the sandbox is not open yet')
  return opened
}

function watchOf(accountId: number): ClientWatch {
  const watch = watches.get(accountId) ?? new ClientWatch(platform().account(accountId))
  watches.set(accountId, watch)
  return watch
}

/** The platform in a process of its own, so that nobody's work distorts the arrival times the limit is counted by. */
const calls = {
  async open(options: SandboxOptions): Promise<Opened> {
    opened = await createSandbox(options)
    const { url, integration, worlds } = opened
    const { clientId, clientSecret } = integration
    return { url, clientId, clientSecret, accountIds: [...worlds.keys()] }
  },

  async productAt(url: string): Promise<void> {
    platform().integration.redirectUri = `${url}/oauth/callback`
    relay = await redirectRelay(url)
  },

  async install(accountId: number): Promise<void> {
    const { status } = await platform().install({ accountId, redirect: `${relay}/oauth/callback` })
    if (status !== 200) throw new Error(`the installation was answered with ${status}`)
  },

  /** As an installation would hand them out. */
  tokens(accountId: number): TokenPair {
    const { access_token, refresh_token, expires_in } = platform().tokens(accountId)
    return { accessToken: access_token, refreshToken: refresh_token, expiresAt: Date.now() + expires_in * 1000 }
  },

  traffic: (accountId: number): Traffic => trafficOf(platform().stats, accountId),

  clearTraffic: (_: null): void => platform().stats.clear(),

  remember(accountId: number): void {
    photos.set(accountId, tagPhoto(platform().account(accountId)))
  },

  least: (accountId: number): LeastRequests =>
    leastRequests(platform().account(accountId), photos.get(accountId) ?? new Map()),

  /** Clients that do not stand as the policy asks. */
  wrong(accountId: number): number {
    const watch = watchOf(accountId)
    return wrongClients(watch.world, (ref) => watch.isRight(ref))
  },

  async sell({ accountId, count, seconds, limitMs }: Sales): Promise<Sold> {
    const watch = watchOf(accountId)
    const clients = buyers(watch, count)
    const from = performance.now()
    const latencies: Promise<number | null>[] = []
    for (const [index, ref] of clients.entries()) {
      if (seconds === null) await latencies.at(-1)
      else while (performance.now() - from < (index / count) * seconds * 1000) await delay(TICK_MS)
      latencies.push(watch.act(ref, () => sell(watch, ref), limitMs))
    }
    return { latencies: await Promise.all(latencies), seconds: (performance.now() - from) / 1000 }
  },

  /** Picks the clients for a later rush: to judge thousands would hold up everything else. */
  pick({ accountId, count }: Pick<Sales, 'accountId' | 'count'>): void {
    picked.set(accountId, buyers(watchOf(accountId), count))
  },

  /** Sells to the picked clients, without a look at what comes of it. */
  async rush({ accountId, seconds }: { accountId: number; seconds: number }): Promise<void> {
    const clients = picked.get(accountId) ?? []
    const from = performance.now()
    for (const [index, ref] of clients.entries()) {
      while (performance.now() - from < (index / clients.length) * seconds * 1000) await delay(TICK_MS)
      sell(watchOf(accountId), ref)
    }
  },

  enterSleepers(options: SleeperOptions): void {
    sleeping.set(options.accountId, enterSleepers(watchOf(options.accountId), options))
  },

  latenessOf({ accountId, limitMs }: { accountId: number; limitMs: number }): Promise<(number | null)[]> {
    return latenessOf(watchOf(accountId), sleeping.get(accountId) ?? [], limitMs)
  },

  /** Waits until no webhook is on its way. */
  settled: (_: null): Promise<void> => platform().hooks.idle(),

  hooks: (_: null): { delivered: number; failed: number; backlog: number } => {
    const { stats, hooks } = platform()
    return { delivered: stats.hooksDelivered, failed: stats.hooksFailed, backlog: hooks.backlog }
  },
}

export type PlatformCalls = typeof calls

serveParent(calls)
