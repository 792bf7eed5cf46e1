import { randomBytes } from 'node:crypto'
import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { createSandbox } from '../../sandbox/create-sandbox.ts'
import { HandRecords } from '../../sandbox/demo/hand-records.ts'
import { WorldJudge } from '../../sandbox/demo/world-judge.ts'
import { WorldWatch } from '../../sandbox/demo/world-watch.ts'
import { redisConnections } from '../../src/app/redis-connections.ts'
import { buildApp } from '../../src/app.ts'
import { ClosingStack } from '../../src/closing-stack.ts'
import { parseRedisAddress } from '../../src/config/redis-address.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { Keys } from '../../src/store/keys.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { eventually } from '../integration/support/eventually.ts'
import { redisServer, startLocalCluster } from './support/local-cluster.ts'

const closing = new ClosingStack()
afterEach(() => closing.close(20_000))

const logger = createLogger('silent')
const ACCOUNTS = 4

/** Several accounts, so that they live on different nodes. */
const startAll = async (redisUrl: string) => {
  const sandbox = await createSandbox({ clients: 50, accounts: ACCOUNTS, requestsPerSecond: 50 })
  closing.push('sandbox', () => sandbox.close())
  const port = await loopbackPort()
  const url = `http://127.0.0.1:${port}`
  sandbox.integration.redirectUri = `${url}/oauth/callback`
  const config = parseConfig({
    ...{ NODE_ENV: 'test', PORT: String(port), PUBLIC_URL: url, REDIS_URL: redisUrl },
    ENCRYPTION_KEY: randomBytes(32).toString('base64'),
    AMOCRM_CLIENT_ID: sandbox.integration.clientId,
    AMOCRM_CLIENT_SECRET: sandbox.integration.clientSecret,
    AMOCRM_API_ORIGIN: sandbox.url,
    AMOCRM_REQUESTS_PER_SECOND: '50',
  })
  const app = await buildApp(config, { logger })
  closing.push('app', () => app.close())
  await app.start()
  return { sandbox, redis: redisConnections(redisUrl, logger, closing).patient('test'), keys: new Keys() }
}

const onCluster = async (binary: string): Promise<void> => {
  const cluster = await startLocalCluster(binary)
  onTestFinished(() => cluster.close())
  const { sandbox, redis, keys } = await startAll(cluster.url)
  const worlds = [...sandbox.worlds.values()].map((world) => {
    const records = new HandRecords(world)
    return { world, records, judge: new WorldJudge(world, records), watch: new WorldWatch(world) }
  })

  await Promise.all(
    [...sandbox.worlds.keys()].map(async (accountId) => {
      expect((await sandbox.install({ accountId })).status).toBe(200)
      const notes = new AccountNotes(redis, keys, accountId)
      await eventually(async () => (await readBackfill(notes))?.phase === 'done', 20_000)
    }),
  )
  for (const { world, records, judge, watch } of worlds) {
    const isRight = () =>
      world.contacts.all.every(({ id }) => judge.judge({ kind: 'contact', id }).differences.length === 0)
    expect(await watch.until(isRight, 10_000), 'after the backfill').not.toBeNull()
    const staff = records.watched(world.actions)
    const contactId = staff.createContact({ name: 'Новый', phone: '+79990000000' })
    const dealId = staff.createDeal({ contactId, price: 100 })
    staff.winDeal({ dealId })
    const tags = () => judge.judge({ kind: 'contact', id: contactId }).verdict?.lifecycle.segment
    expect(tags()).toBe('one_time')
    expect(await watch.until(isRight, 10_000), 'after a hook').not.toBeNull()
  }
  const keysOnNodes = await Promise.all(cluster.nodes.map((node) => node.dbsize()))
  expect(Math.min(...keysOnNodes)).toBeGreaterThan(0)
}

describe('a Redis cluster', () => {
  if (redisServer !== null) {
    const binary = redisServer
    it('serves several accounts: installation, backfill, a hook', () => onCluster(binary), 60_000)
  }

  it('is named by some of its nodes', () => {
    expect(parseRedisAddress('redis+cluster://one:7000,10.0.0.2')).toEqual({
      type: 'cluster',
      nodes: [
        { host: 'one', port: 7000 },
        { host: '10.0.0.2', port: 6379 },
      ],
      tls: false,
      login: {},
    })
    expect(parseRedisAddress('rediss+cluster://me:p%40ss@[::1]:7000/')).toEqual({
      type: 'cluster',
      nodes: [{ host: '::1', port: 7000 }],
      tls: true,
      login: { username: 'me', password: 'p@ss' },
    })
  })

  it.each([
    'redis+cluster://',
    'redis+cluster://one:7000,',
    'redis+cluster://one:70000',
    'redis+cluster://one/2',
    'redis+cluster://one:7000?db=2',
    'redis://one:7000,two:7000',
  ])('is not %s', (text) => {
    expect(parseRedisAddress(text)).toBeNull()
  })

  it('may be the Redis of the configuration', () => {
    const url = 'redis+cluster://one:7000,two:7000'
    expect(parseConfig({ REDIS_URL: url }).redisUrl).toBe(url)
  })
})
