import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { type App, buildApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { FULL } from './test-server.ts'

const TOKEN = 'token-of-the-operator'

let apps: App[]
beforeEach(() => {
  apps = []
})
afterEach(() => Promise.all(apps.map((app) => app.close())))

const start = async (changes: Record<string, string>): Promise<string | null> => {
  const config = parseConfig({ ...FULL, REDIS_URL: inject('redisUrl'), ADMIN_TOKEN: TOKEN, ...changes })
  const app = await buildApp(config, { part: 'worker', logger: createLogger('silent'), keyRoot: 'worker-server-test' })
  apps.push(app)
  return app.start()
}

describe('a worker', () => {
  it('tells at its port that it lives, that it is ready, and what it counted, and nothing else', async () => {
    const address = await start({ WORKER_PORT: '0' })
    const get = (path: string, headers: Record<string, string> = {}) => fetch(`${address}${path}`, { headers })
    expect((await get('/health/live')).status).toBe(200)
    expect(await (await get('/health/ready')).json()).toEqual({ status: 'ready', missingSettings: [] })
    expect((await get('/metrics')).status).toBe(401)
    const text = await (await get('/metrics', { authorization: `Bearer ${TOKEN}` })).text()
    expect(text).toContain('# TYPE amo_segments_jobs_total counter')
    expect(text).toContain('process_resident_memory_bytes')
    // What all processes would tell alike is told by one of them.
    expect(text).not.toContain('amo_segments_redis_up')
    for (const path of ['/', '/api/v1/accounts', '/ops/queues']) expect((await get(path)).status).toBe(404)
  })

  it('listens nowhere unless it is given a port', async () => {
    expect(await start({})).toBeNull()
  })
})
