import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import type { FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AppContext } from '../../src/app/app-context.ts'
import { openHttp } from '../../src/app/open-http.ts'
import { redisConnections } from '../../src/app/redis-connections.ts'
import { ClosingStack } from '../../src/closing-stack.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { startChildRedis } from '../../src/redis-ladder/child-redis.ts'
import { findOnPath } from '../../src/redis-ladder/find-on-path.ts'
import { loopbackPort } from '../../src/redis-ladder/loopback-port.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { FULL } from './test-server.ts'

const ACCOUNT = 5
const keys = new Keys()
const binary = findOnPath(['redis-server', 'valkey-server'], process.env.PATH ?? '')

let dataDir: string
let closing: ClosingStack
let port: number
let stopRedis: () => Promise<void>
let secret: string
let server: FastifyInstance

const startRedis = async () => {
  const args = ['--port', String(port), '--save', '', '--dir', dataDir, '--appendonly', 'yes']
  stopRedis = (await startChildRedis(binary ?? '', args, port)).stop
}

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'redis-gone-'))
  port = await loopbackPort()
  await startRedis()
  closing = new ClosingStack()
  const config = parseConfig(FULL)
  const log = createLogger('silent')
  const connections = redisConnections(`redis://127.0.0.1:${port}`, log, closing)
  const app: AppContext = { config, keys, log, closing, connections, clock: Date.now }
  const box = new SecretBox(config.encryptionKeys)
  secret = await new AccountStore(connections.patient('test'), keys, box).hookSecret(ACCOUNT)
  server = await openHttp(app)
  closing.push('HTTP server', () => server.close())
  await untilReady()
})

afterEach(async () => {
  await closing.close(10_000)
  await stopRedis()
  await rm(dataDir, { recursive: true, force: true })
})

const ready = async () => (await server.inject({ url: '/health/ready' })).statusCode

const untilReady = () => vi.waitFor(async () => expect(await ready()).toBe(200), { timeout: 15_000, interval: 20 })

const send = async (path = secret) => {
  const start = performance.now()
  const { statusCode } = await server.inject({
    method: 'POST',
    url: `/hooks/${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `leads[update][0][id]=${Math.floor(Math.random() * 1e6)}&account[id]=${ACCOUNT}`,
  })
  return { statusCode, ms: performance.now() - start }
}

const withRedis = async <T>(work: (redis: Redis) => Promise<T>): Promise<T> => {
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null })
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

const waitingJobs = () =>
  withRedis(async (connection) => {
    const queue = new Queue(keys.queueOf(ACCOUNT), { connection, prefix: keys.jobs })
    const counts = await queue.getJobCounts('waiting', 'prioritized')
    await queue.close()
    return Object.values(counts).reduce((sum, count) => sum + count, 0)
  })

const expectRefusedInTime = async () => {
  for (const answer of await Promise.all([send(), send(), send('a-secret-not-seen-yet')])) {
    expect(answer.statusCode).toBe(503)
    expect(answer.ms).toBeLessThan(1_900)
  }
  expect(await ready()).toBe(503)
}

describe.runIf(binary !== null)('webhooks', () => {
  it('are refused in time when Redis dies, kept nowhere, and taken again when it is back', async () => {
    expect((await send()).statusCode).toBe(204)
    expect(await waitingJobs()).toBe(1)

    await stopRedis()
    await expectRefusedInTime()

    await startRedis()
    await untilReady()
    expect(await waitingJobs()).toBe(1)
    expect((await send()).statusCode).toBe(204)
    expect(await waitingJobs()).toBe(2)
  })

  it('are refused in time when Redis hangs, and taken again afterwards', async () => {
    expect((await send()).statusCode).toBe(204)
    await withRedis((redis) => redis.client('PAUSE', 4_000, 'ALL'))
    await expectRefusedInTime()
    await untilReady()
    expect((await send()).statusCode).toBe(204)
  })
})
