import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { signedToken } from '../../../../sandbox/oauth/jwt.ts'
import { isAllowedHost } from '../../../../src/amocrm/allowed-host.ts'
import { parseConfig } from '../../../../src/config.ts'
import { buildServer } from '../../../../src/http/server.ts'
import { createLogger } from '../../../../src/logger.ts'
import { sharedMetrics } from '../../../../src/metrics/metrics-source.ts'
import { ProgramMetrics } from '../../../../src/metrics/program-metrics.ts'
import { ClientLists } from '../../../../src/store/client-lists.ts'
import { ClientRows } from '../../../../src/store/client-rows.ts'
import { UsedTokens } from '../../../../src/store/used-tokens.ts'
import { AccountContexts } from '../../../../src/sync/account-contexts.ts'
import { clientTables } from '../../../../src/sync/queries/client-tables.ts'
import type { Office } from '../../../../src/sync/queries/office.ts'
import { snapshot } from '../../../support/snapshot.ts'
import { type TestOffice, testOffice } from '../../../support/test-office.ts'
import { connectTestRedis, type TestRedis } from '../../../support/test-redis.ts'

export const ADMIN_TOKEN = 'admin-token-of-the-operator'
export const CLIENT_SECRET = 'client-secret-1'
export const ENV = {
  PUBLIC_URL: 'https://segments.example.com',
  ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
  AMOCRM_CLIENT_ID: 'client-1',
  AMOCRM_CLIENT_SECRET: CLIENT_SECRET,
  ADMIN_TOKEN,
}

/** Users of the made-up accounts. */
export const ADMIN = { user_id: 1, is_admin: true }
export const SALESPERSON = { user_id: 2, is_admin: false }

export interface ApiTest {
  readonly app: FastifyInstance
  readonly test: TestRedis
  /** The account most tests are about, and another one. */
  readonly mine: TestOffice
  readonly other: TestOffice
  readonly log: string[]
  /** Begins the address of everything about an account. */
  path(tail?: string, office?: TestOffice): string
  /** A one-time token as amoCRM makes it; `claims` bend any part of it. */
  token(
    claims?: Record<string, unknown>,
    options?: { office?: TestOffice; secret?: string; algorithm?: Algorithm },
  ): string
  /** Headers of somebody of the account. */
  as(who: Record<string, unknown>, office?: TestOffice): Record<string, string>
  /** All that stands in Redis. */
  standing(): Promise<string>
  close(): Promise<void>
}

type Algorithm = 'HS256' | 'HS512'

export const OPS = { authorization: `Bearer ${ADMIN_TOKEN}` }

export const hostOf = ({ context }: TestOffice): string => `account${context.id}.amocrm.ru`

/** The whole server over the test Redis, with two installed accounts; `settings` over the usual ones. */
export const apiTest = async (settings: Readonly<Record<string, string>> = {}): Promise<ApiTest> => {
  const test = await connectTestRedis()
  const [mine, other] = [await testOffice(test.redis, test.root), await testOffice(test.redis, test.root)]
  for (const office of [mine, other]) await office.accounts.patch(office.context.id, { host: hostOf(office) })
  const log: string[] = []
  const logger = createLogger('debug', { write: (line: string) => void log.push(line) })
  const config = parseConfig({ ...ENV, ...settings })
  const { accounts, policies, queues, keys, context } = mine
  const { mirror, journal } = context
  const clock = () => mine.clock.now
  const contexts = new AccountContexts({
    ...{ redis: test.redis, keys, accounts, policies, mirror, journal, clock },
    log: pino({ level: 'silent' }),
    apiOf: ({ id }) => ({
      api: (id === context.id ? mine : other).api,
      keepFields: { leads: new Set(), contacts: new Set(), companies: new Set() },
    }),
  })
  const isAllowed = (host: string) => isAllowedHost(host, config.amocrm.allowedHosts)
  const { publicUrl } = config
  const metrics = new ProgramMetrics()
  const office: Office = {
    ...{ accounts, policies, mirror, contexts, queues, publicUrl, requestsPerSecond: 7, removedAccountDays: 30, clock },
    ...{ redis: test.redis, keys, lists: new ClientLists(test.redis, keys) },
    ...clientTables(new ClientRows(test.redis, keys)),
  }
  const app = await buildServer({
    ...{ config, logger, backend: null, isAllowedHost: isAllowed },
    api: { ...{ config, isAllowedHost: isAllowed, office }, usedTokens: new UsedTokens(test.redis, keys) },
    events: metrics.http,
    metrics: sharedMetrics(metrics, office, logger),
    pingRedis: () => test.redis.ping(),
    parseHook: () => ({ accountIds: [], touches: [] }),
  })
  const token: ApiTest['token'] = (
    claims = {},
    { office = mine, secret = CLIENT_SECRET, algorithm = 'HS256' } = {},
  ) => {
    const now = Math.floor(clock() / 1000)
    const { id } = office.context
    return signedToken(
      {
        ...{ iss: `https://${hostOf(office)}`, aud: 'https://segments.example.com', jti: randomUUID() },
        ...{ iat: now, nbf: now, exp: now + 1_800, account_id: id, subdomain: `account${id}`, client_uuid: 'client-1' },
        ...ADMIN,
        ...claims,
      },
      secret,
      algorithm,
    )
  }
  return {
    ...{ app, test, mine, other, log, token },
    path: (tail = '', office = mine) => `/api/v1/accounts/${office.context.id}${tail}`,
    as: (who, office = mine) => ({ 'x-auth-token': token(who, { office }) }),
    standing: async () => {
      const found = await test.redis.keys(`*${test.root}*`)
      return snapshot(test.redis, found)
    },
    close: async () => {
      await app.close()
      await Promise.all([mine.close(), other.close()])
      await test.close()
    },
  }
}
