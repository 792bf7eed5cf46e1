import { randomBytes, randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { inject } from 'vitest'
import { createSandbox, type Sandbox } from '../../../sandbox/create-sandbox.ts'
import { HandRecords } from '../../../sandbox/demo/hand-records.ts'
import { Settling } from '../../../sandbox/demo/settling.ts'
import { WorldJudge } from '../../../sandbox/demo/world-judge.ts'
import { WorldWatch } from '../../../sandbox/demo/world-watch.ts'
import type { SandboxOptions } from '../../../sandbox/options.ts'
import { type App, type AppOverrides, buildApp } from '../../../src/app.ts'
import { parseConfig } from '../../../src/config.ts'
import { createLogger } from '../../../src/logger.ts'
import { loopbackPort } from '../../../src/redis-ladder/loopback-port.ts'
import { AccountNotes } from '../../../src/store/account-notes.ts'
import { AccountStore } from '../../../src/store/account-store.ts'
import { Keys } from '../../../src/store/keys.ts'
import { PolicyStore } from '../../../src/store/policy-store.ts'
import { SecretBox } from '../../../src/store/secret-box.ts'
import { TokenVault } from '../../../src/store/token-vault.ts'
import { AccountQueues } from '../../../src/sync/account-queues.ts'

export interface TrialOptions {
  readonly sandbox?: SandboxOptions
  readonly app?: AppOverrides
  /** Settings over those of the trial. */
  readonly environment?: Readonly<Record<string, string>>
  /** Default: the run's Redis. */
  readonly redisUrl?: string
  /** Default: tokens by OAuth; `long-lived`: a long-lived token in their place. */
  readonly access?: 'oauth' | 'long-lived'
  /** Does something to the account before the judge takes its first look. */
  readonly prepare?: (sandbox: Sandbox) => void
}

export type Trial = Awaited<ReturnType<typeof startTrial>>

/** What amoCRM does not limit a trial to: tests are not to wait for slots. */
const FAST = 50

/** A sandbox and the service over it, in this process, under a key root of their own. Nothing is installed yet. */
export async function startTrial(options: TrialOptions = {}) {
  const sandbox = await createSandbox({ clients: 0, requestsPerSecond: FAST, ...options.sandbox })
  options.prepare?.(sandbox)
  const { world } = sandbox
  const accountId = world.account.id
  const redisUrl = options.redisUrl ?? inject('redisUrl')
  const keys = new Keys(`test-${randomUUID()}`)
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null })
  redis.on('error', () => undefined)

  const port = await loopbackPort()
  const url = `http://127.0.0.1:${port}`
  sandbox.integration.redirectUri = `${url}/oauth/callback`
  const encryptionKey = randomBytes(32)
  const access =
    options.access === 'long-lived'
      ? {
          AMOCRM_LONG_LIVED_TOKEN: sandbox.longLivedToken(),
          AMOCRM_ACCOUNT_HOST: `${world.account.subdomain}.amocrm.ru`,
        }
      : { AMOCRM_CLIENT_ID: sandbox.integration.clientId, AMOCRM_CLIENT_SECRET: sandbox.integration.clientSecret }
  const environment = {
    NODE_ENV: 'test',
    PORT: String(port),
    PUBLIC_URL: url,
    REDIS_URL: redisUrl,
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
    AMOCRM_API_ORIGIN: sandbox.url,
    AMOCRM_REQUESTS_PER_SECOND: String(FAST),
    ...access,
    ...options.environment,
  }
  const logger = createLogger('silent')
  const build = () => buildApp(parseConfig(environment), { keyRoot: keys.root, logger, ...options.app })
  let app: App = await build()

  const records = new HandRecords(world)
  const box = new SecretBox([encryptionKey])
  const queues = new AccountQueues(redis, keys, logger)
  const settling = new Settling({ sandbox, redis, keys, accountId, ...clockOf(options) })
  return {
    sandbox,
    world,
    accountId,
    url,
    keys,
    redis,
    environment,
    records,
    /** What people of the account do. */
    staff: records.watched(world.actions),
    judge: new WorldJudge(world, records),
    watch: new WorldWatch(world),
    queues,
    settling,
    notes: new AccountNotes(redis, keys, accountId),
    accounts: new AccountStore(redis, keys, box),
    policies: new PolicyStore(redis, keys),
    vault: new TokenVault(redis, keys, box),
    start: async () => {
      await app.start()
    },
    stop: async () => {
      await app.close()
    },
    /** Builds the service anew, over the same Redis. */
    restart: async () => {
      await app.close()
      app = await build()
      await app.start()
    },
    close: async () => {
      await app.close()
      await settling.close()
      await queues.close()
      await sandbox.close()
      await deleteUnder(redis, keys.root)
      redis.disconnect()
    },
  }
}

function clockOf({ app }: TrialOptions): { clock?: () => number } {
  return app?.clock === undefined ? {} : { clock: app.clock }
}

async function deleteUnder(redis: Redis, root: string): Promise<void> {
  if (redis.status !== 'ready') return
  const found: AsyncIterable<string[]> = redis.scanStream({ match: `${root}:*`, count: 1000 })
  for await (const keys of found) if (keys.length > 0) await redis.unlink(...keys)
}
