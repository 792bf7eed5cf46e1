import type { FastifyInstance } from 'fastify'
import { onTestFinished } from 'vitest'
import { isAllowedHost } from '../../src/amocrm/allowed-host.ts'
import type { HookBody, Touch } from '../../src/amocrm/hook-touch.ts'
import { parseConfig, type RawEnvironment } from '../../src/config.ts'
import type { HttpDependencies } from '../../src/http/http-dependencies.ts'
import type { AccountSummary, Backend, Installer, InstallRequest } from '../../src/http/ports.ts'
import { buildServer } from '../../src/http/server.ts'
import { createLogger } from '../../src/logger.ts'
import type { PipelineOrder } from '../../src/sync/pipeline-order.ts'

export const SECRET = 'hook-secret-of-account-5'
export const ACCOUNT = 5

/** Everything set, as in a working installation. */
export const FULL: RawEnvironment = {
  PUBLIC_URL: 'https://segments.example.com',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  AMOCRM_CLIENT_ID: 'client-1',
  AMOCRM_CLIENT_SECRET: 'client-secret-1',
}

/** A backend that remembers what it was asked; each part can be replaced. */
export const fakeBackend = ({
  installer,
  ...changes
}: Partial<Omit<Backend, 'installer'>> & { readonly installer?: Partial<Installer> } = {}) => {
  const states = new Map<string, string>()
  const disconnected: number[] = []
  const accepted: { accountId: number; touches: readonly Touch[] }[] = []
  const orders: { accountId: number; order: PipelineOrder }[] = []
  const installs: InstallRequest[] = []
  const accounts: AccountSummary[] = []
  const lookups: string[] = []
  const backend: Backend = {
    intake: { accept: async (accountId, touches) => void accepted.push({ accountId, touches }) },
    pipeline: { take: async (accountId, order) => void orders.push({ accountId, order }) },
    directory: {
      bySecret: async (secret) => {
        lookups.push(secret)
        return secret === SECRET ? ACCOUNT : null
      },
      list: async () => accounts,
    },
    installer: {
      states: {
        issue: async (browser) => {
          states.set(`state-${states.size}`, browser)
          return `state-${states.size - 1}`
        },
        use: async (state, browser) => states.get(state) === browser && states.delete(state),
      },
      request: async (install) => {
        const isKnown = installs.some(({ code }) => code === install.code)
        if (!isKnown) installs.push(install)
        return isKnown ? 'repeated' : 'queued'
      },
      disconnect: async (accountId) => void disconnected.push(accountId),
      ...installer,
    },
    ...changes,
  }
  return { backend, accepted, orders, installs, accounts, lookups, disconnected }
}

/** Stands in for the parser of webhook bodies: a body is JSON of the very thing the parser answers. */
export const parseJsonHook = (raw: Buffer): HookBody => ({
  accountIds: [],
  touches: [],
  ...(raw.length > 0 ? (JSON.parse(raw.toString()) as Partial<HookBody>) : {}),
})

/** The server with fakes behind it, closed when the test ends. `log` collects its lines. */
export const testServer = async (
  changes: Partial<HttpDependencies> & { readonly env?: RawEnvironment; readonly log?: string[] } = {},
): Promise<FastifyInstance> => {
  const { env = FULL, log = [], ...parts } = changes
  const config = parseConfig(env)
  const app = await buildServer({
    config,
    logger: createLogger('debug', { write: (line: string) => void log.push(line) }),
    backend: fakeBackend().backend,
    pingRedis: async () => 'PONG',
    parseHook: parseJsonHook,
    isAllowedHost: (host) => isAllowedHost(host, config.amocrm.allowedHosts),
    ...parts,
  })
  onTestFinished(() => app.close())
  return app
}

export const never = <T>(): Promise<T> => new Promise<T>(() => {})
