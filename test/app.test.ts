import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterEach, beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest'
import { type App, type AppOverrides, buildApp } from '../src/app.ts'
import { parseConfig, type RawEnvironment } from '../src/config.ts'
import { createLogger } from '../src/logger.ts'
import { awaitPing } from '../src/redis-ladder/answers-ping.ts'
import { AccountStore } from '../src/store/account-store.ts'
import { Keys } from '../src/store/keys.ts'
import { SecretBox } from '../src/store/secret-box.ts'
import { FULL } from './http/test-server.ts'
import { connectTestRedis, type TestRedis } from './support/test-redis.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'app-'))
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const build = async (env: RawEnvironment, overrides: AppOverrides = {}): Promise<App> => {
  const config = parseConfig({ PORT: '0', ...env }, dataDir)
  const app = await buildApp(config, { logger: createLogger('silent'), ...overrides })
  onTestFinished(async () => void (await app.close()))
  return app
}

const withTestRedis = async (): Promise<TestRedis> => {
  const redis = await connectTestRedis()
  onTestFinished(() => redis.close())
  return redis
}

describe('a first start with nothing set', () => {
  it('answers, says what is missing, takes no hook, and leaves nothing running', async () => {
    const app = await build({})
    const address = await app.start()
    const get = (path: string, init?: RequestInit) => fetch(`${address}${path}`, init)
    expect((await get('/health/live')).status).toBe(200)
    expect((await get('/health/ready')).status).toBe(200)
    expect(await (await get('/')).text()).toContain('AMOCRM_CLIENT_ID')
    expect((await get('/oauth/callback?code=1&referer=a.amocrm.ru&client_id=x')).status).toBe(503)
    expect((await get('/hooks/any', { method: 'POST', body: 'x=1' })).status).toBe(503)

    expect(await app.close()).toEqual({ type: 'closed', failures: [] })
    await expect(get('/health/live')).rejects.toThrow()
    expect(await awaitPing(Number(new URL(app.redis.url).port), false, 5_000)).toBe(true)
    expect(await readdir(dataDir)).not.toContain('redis.json')
  })
})

describe('the parts', () => {
  it('worker answers no HTTP', async () => {
    const app = await build(
      { ...FULL, REDIS_URL: inject('redisUrl') },
      { part: 'worker', keyRoot: (await withTestRedis()).root },
    )
    expect(app.http).toBeNull()
    expect(await app.start()).toBeNull()
    expect(await app.close()).toEqual({ type: 'closed', failures: [] })
  })

  it('web takes a hook into the account’s queue and leaves it there', async () => {
    const { root, redis } = await withTestRedis()
    const env = { ...FULL, REDIS_URL: inject('redisUrl') }
    const app = await build(env, { part: 'web', keyRoot: root })
    const keys = new Keys(root)
    const secret = await new AccountStore(redis, keys, new SecretBox(parseConfig(env).encryptionKeys)).hookSecret(5)
    const address = await app.start()
    const body = new URLSearchParams({ 'account[id]': '5', 'leads[update][0][id]': '17' })
    expect((await fetch(`${address}/hooks/${secret}`, { method: 'POST', body })).status).toBe(204)

    const queue = new Queue(keys.queueOf(5), { connection: redis, prefix: keys.jobs })
    const jobs = await queue.getJobs(['waiting', 'prioritized'])
    expect(jobs.map(({ data }) => data)).toMatchObject([{ entity: 'lead', id: 17 }])
    await queue.close()
  })
})

describe('what cannot start', () => {
  it('a taken port: refused, and everything that was opened is closed', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void taken.close())
    const address = taken.address()
    const port = address !== null && typeof address === 'object' ? String(address.port) : ''
    const app = await build({ ...FULL, PORT: port })
    await expect(app.start()).rejects.toThrow(/EADDRINUSE/)
    expect(await awaitPing(Number(new URL(app.redis.url).port), false, 5_000)).toBe(true)
  })

  it('HTTP answers while Redis is away: alive, not ready', async () => {
    const app = await build({ ...FULL, REDIS_URL: 'redis://127.0.0.1:1' }, { part: 'web' })
    const address = await app.start()
    expect((await fetch(`${address}/health/live`)).status).toBe(200)
    expect((await fetch(`${address}/health/ready`)).status).toBe(503)
  })
})
