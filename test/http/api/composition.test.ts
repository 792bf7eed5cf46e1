import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AppContext } from '../../../src/app/app-context.ts'
import { openHttp } from '../../../src/app/open-http.ts'
import { redisConnections } from '../../../src/app/redis-connections.ts'
import { ClosingStack } from '../../../src/closing-stack.ts'
import { parseConfig, type RawEnvironment } from '../../../src/config.ts'
import { createLogger } from '../../../src/logger.ts'
import { Keys } from '../../../src/store/keys.ts'
import { connectTestRedis, type TestRedis } from '../../support/test-redis.ts'
import { ENV, OPS } from './support/api-test.ts'

let test: TestRedis
let closing: ClosingStack

beforeEach(async () => {
  test = await connectTestRedis()
  closing = new ClosingStack()
})
afterEach(async () => {
  await closing.close(10_000)
  await test.close()
})

/** The web part of the program as it is put together, over a Redis of this address. */
const open = async (url: string, env: RawEnvironment = ENV) => {
  const log = createLogger('silent')
  const connections = redisConnections(url, log, closing)
  const context: AppContext = {
    ...{ config: parseConfig(env), keys: new Keys(test.root), log, closing, connections, clock: Date.now },
  }
  const server = await openHttp(context)
  closing.push('HTTP server', () => server.close())
  return server
}

describe('the program', () => {
  it('answers its API over its own Redis', async () => {
    const server = await open(test.url)
    const answer = await server.inject({ url: '/api/v1/accounts', headers: OPS })
    expect([answer.statusCode, answer.json()]).toEqual([200, { accounts: [] }])
    expect((await server.inject({ url: '/docs/json' })).statusCode).toBe(200)
  })

  it('has no such thing before it is set up', async () => {
    const server = await open(test.url, {})
    const answer = await server.inject({ url: '/api/v1/accounts', headers: OPS })
    expect([answer.statusCode, answer.json().title]).toEqual([503, 'Not set up'])
  })

  it('knows no operator without an admin token', async () => {
    const { ADMIN_TOKEN: _, ...env } = ENV
    const server = await open(test.url, env)
    for (const authorization of ['Bearer ', 'Bearer null', 'Bearer undefined', OPS.authorization]) {
      const answer = await server.inject({ url: '/api/v1/accounts', headers: { authorization } })
      expect(answer.statusCode).toBe(401)
    }
  })

  it('says so when its storage is away', async () => {
    const server = await open('redis://127.0.0.1:1')
    const answer = await server.inject({ url: '/api/v1/accounts', headers: OPS })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'storage_away'])
    expect(answer.headers['retry-after']).toBeDefined()
  })
})
