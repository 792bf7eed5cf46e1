import { type ChildProcess, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SlotGate } from '../../src/amocrm/slot-gate.ts'
import { densestSecond } from './support/loopback-amo.ts'

let server: ChildProcess
let redis: Redis

beforeAll(async () => {
  const cli = join(dirname(createRequire(import.meta.url).resolve('js-redis-server')), 'cli.js')
  server = spawn(process.execPath, [cli, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const port = await new Promise<number>((resolve) => {
    server.stdout?.on('data', (chunk: Buffer) => {
      const found = /listening at \S+:(\d+)/.exec(chunk.toString())?.[1]
      if (found) resolve(Number(found))
    })
  })
  redis = new Redis(port)
})
afterAll(async () => {
  redis.disconnect()
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill()
  await ended
})

it('the gate holds on the in-memory server of the demo as well', async () => {
  const gate = new SlotGate({ redis, limits: [{ key: 'test:{1}:slots', perSecond: 4 }], marginMs: 100 })
  const sent = await Promise.all(
    Array.from({ length: 9 }, async () => {
      const grant = await gate.acquire('live')
      if (grant.type !== 'granted') throw new Error('closed')
      const at = performance.now()
      grant.sent()
      grant.done()
      return { at }
    }),
  )
  expect(densestSecond(sent)).toBe(4)

  await gate.slowDown(0)
  expect(await gate.acquire('live')).toMatchObject({ type: 'granted' })
  await gate.close({ firstMs: 60_000, longestMs: 60_000 })
  expect(await gate.acquire('live')).toMatchObject({ type: 'closed' })
})
