import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Priority } from '../../src/amocrm/amo-api.ts'
import { type Acquired, type Grant, SlotGate, type SlotGateOptions } from '../../src/amocrm/slot-gate.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { densestSecond } from './support/loopback-amo.ts'

let testRedis: TestRedis
let keys = 0

beforeAll(async () => {
  testRedis = await connectTestRedis()
})
afterAll(() => testRedis.close())

const newKey = () => `${testRedis.root}:{${++keys}}:slots`
const gateAt = (key: string, perSecond = 7, options: Partial<SlotGateOptions> = {}) =>
  new SlotGate({ redis: testRedis.redis, limits: [{ key, perSecond }], marginMs: 100, ...options })

const granted = (acquired: Acquired): Grant => {
  if (acquired.type !== 'granted') throw new Error(`closed for ${acquired.ms} ms`)
  return acquired
}

/** Sends something that takes no time; answers when it was sent. */
const send = async (gate: SlotGate, priority: Priority | (() => Priority) = 'live'): Promise<{ at: number }> => {
  const grant = granted(await gate.acquire(priority))
  const at = performance.now()
  grant.sent()
  grant.done()
  return { at }
}

const KIND = 'GET /api/v4/leads'

const closing = (ms: number) => ({ firstMs: ms, longestMs: 60_000 })

/** The first slot that is given when the gate is open again. */
const openedGrant = async (gate: SlotGate): Promise<Grant> => {
  for (;;) {
    const acquired = await gate.acquire('live')
    if (acquired.type === 'granted') return acquired
    await delay(acquired.ms)
  }
}

/** Takes slots without ever sending. */
const hold = async (gate: SlotGate, count: number): Promise<Grant[]> =>
  (await Promise.all(Array.from({ length: count }, () => gate.acquire('live')))).map(granted)

const sendMany = (gate: SlotGate, count: number, priority?: Priority) =>
  Promise.all(Array.from({ length: count }, () => send(gate, priority)))

describe.concurrent('the limit', () => {
  it('holds in any sliding second, over two processes, and is reached', async () => {
    const key = newKey()
    const sent = (await Promise.all([sendMany(gateAt(key), 12), sendMany(gateAt(key), 12)])).flat()
    expect(densestSecond(sent)).toBe(7)
    const times = sent.map(({ at }) => at).sort((a, b) => a - b)
    // 24 requests are 7 at once and 17 more: three windows at the limit, five at half of it.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(5 * 1100)
  })

  it('counts from the sending, not from the grant', async () => {
    const gate = gateAt(newKey(), 2)
    const held = await hold(gate, 2)
    const next = send(gate)
    const late = Promise.all(
      held.map(
        (grant) =>
          new Promise<number>((resolve) => {
            setTimeout(() => {
              grant.sent()
              grant.done()
              resolve(performance.now())
            }, 400)
          }),
      ),
    )
    const [sentAt = 0] = await late
    expect((await next).at - sentAt).toBeGreaterThan(1000)
  })

  it('counts a request that was held up for as much longer: it may have arrived late', async () => {
    const gate = gateAt(newKey(), 1)
    const exchange = async (ms: number) => {
      const grant = granted(await gate.acquire('live'))
      grant.sent()
      const sentAt = performance.now()
      await delay(ms)
      grant.succeeded(KIND)
      grant.done()
      return sentAt
    }
    await exchange(0)
    const heldUp = await exchange(250)
    const next = await send(gate)
    expect(next.at - heldUp).toBeGreaterThan(1240)
    expect(next.at - heldUp).toBeLessThan(1400)
  })

  it('gives back what was never sent', async () => {
    const gate = gateAt(newKey(), 1)
    const [unused] = await hold(gate, 1)
    const from = performance.now()
    const next = send(gate)
    unused?.unused()
    unused?.done()
    expect((await next).at - from).toBeLessThan(900)
  })

  it('is per account', async () => {
    const from = performance.now()
    await Promise.all([sendMany(gateAt(newKey()), 7), sendMany(gateAt(newKey()), 7)])
    expect(performance.now() - from).toBeLessThan(900)
  })

  it('of the deployment holds over accounts, and a slot that only one limit gave is not lost', async () => {
    const shared = { key: newKey(), perSecond: 2 }
    const gates = [newKey(), newKey()].map((key) => gateAt(key, 3, { limits: [{ key, perSecond: 3 }, shared] }))
    const sent = (await Promise.all(gates.map((gate) => sendMany(gate, 3)))).flat()
    expect(sent).toHaveLength(6)
    expect(densestSecond(sent)).toBe(2)
  })

  it('keeps the requests under way bounded', async () => {
    const gate = gateAt(newKey(), 100, { maxInFlight: 3 })
    const held = await hold(gate, 3)
    let isServed = false
    const next = send(gate).then(() => {
      isServed = true
    })
    await testRedis.redis.ping()
    expect(isServed).toBe(false)
    held[0]?.sent()
    held[0]?.done()
    await next
    expect(isServed).toBe(true)
  })
})

describe.concurrent('priorities', () => {
  it('decide at the moment a slot is free, in order of arrival among equals', async () => {
    const gate = gateAt(newKey(), 1)
    await send(gate)
    const order: string[] = []
    const queue = async (priority: Priority, name: string) => {
      await send(gate, priority)
      order.push(name)
    }
    await Promise.all([
      queue('backfill', 'backfill'),
      queue('live', 'live 1'),
      queue('due', 'due'),
      queue('live', 'live 2'),
    ])
    expect(order).toEqual(['live 1', 'live 2', 'due', 'backfill'])
  })

  it('may rise while waiting', async () => {
    const gate = gateAt(newKey(), 1)
    await send(gate)
    const order: string[] = []
    let priority: Priority = 'backfill'
    const waits = [
      send(gate, 'due').then(() => order.push('due')),
      send(gate, () => priority).then(() => order.push('raised')),
    ]
    priority = 'live'
    await Promise.all(waits)
    expect(order).toEqual(['raised', 'due'])
  })

  it('hold between processes: the more urgent waiter elsewhere is let pass', async () => {
    const key = newKey()
    const [busy, urgent] = [gateAt(key, 2), gateAt(key, 2)]
    await sendMany(busy, 2)
    const order: string[] = []
    const backfill = Array.from({ length: 4 }, () => send(busy, 'backfill').then(() => order.push('backfill')))
    await testRedis.redis.ping()
    const live = Array.from({ length: 2 }, () => send(urgent, 'live').then(() => order.push('live')))
    await Promise.all([...backfill, ...live])
    expect(order.slice(0, 2)).toEqual(['live', 'live'])
  })
})

describe.concurrent('after a 429', () => {
  it('all processes rest, go on at half the rate, and recover', async () => {
    const key = newKey()
    const [one, other] = [gateAt(key, 8), gateAt(key, 8)]
    await send(one)
    const from = performance.now()
    await Promise.all(Array.from({ length: 5 }, () => one.slowDown(0)))
    const sent = await sendMany(other, 22)
    const times = sent.map(({ at }) => at - from)
    expect(Math.min(...times)).toBeGreaterThan(1000)
    // A volley halves once: 8 become 4, not 0.
    expect(times.filter((at) => at < 1900)).toHaveLength(4)
    expect(densestSecond(sent)).toBeGreaterThan(4)
    expect(densestSecond(sent)).toBeLessThanOrEqual(8)
  })

  it('the rest asked for is kept', async () => {
    const gate = gateAt(newKey())
    const from = performance.now()
    await gate.slowDown(1500)
    expect((await send(gate)).at - from).toBeGreaterThan(1450)
  })
})

describe.concurrent('a closed gate', () => {
  it('tells those who wait and those who come, in every process, until it ends by itself', async () => {
    const key = newKey()
    const [one, other] = [gateAt(key, 1), gateAt(key, 1)]
    const held = await hold(one, 1)
    const waiting = one.acquire('live')
    const closedFor = await one.close(closing(1500))
    expect(closedFor).toBe(1500)
    expect(await waiting).toMatchObject({ type: 'closed' })
    const told = await other.acquire('live')
    expect(told.type).toBe('closed')
    expect(told.type === 'closed' && told.ms).toBeLessThanOrEqual(1500)
    for (const grant of held) grant.unused()
    await expect.poll(() => other.acquire('live'), { timeout: 5000 }).toMatchObject({ type: 'granted' })
  })

  it('is closed once by all the pages of one volley, and not opened by a shorter closing', async () => {
    const gate = gateAt(newKey())
    await gate.close(closing(30_000))
    expect(await gate.close(closing(1))).toBeLessThanOrEqual(30_000)
    expect(await gate.close(closing(1))).toBeGreaterThan(25_000)
  })

  it('lets one request a second through afterwards, and all once one succeeded', async () => {
    const key = newKey()
    const [one, other] = [gateAt(key, 50), gateAt(key, 50)]
    await one.close(closing(20))
    const probe = await openedGrant(other)
    probe.sent()
    const from = performance.now()
    const waiting = one.acquire('live')
    probe.succeeded(KIND)
    expect((await waiting).type).toBe('granted')
    await sendMany(other, 5)
    expect(performance.now() - from).toBeLessThan(3000)
    expect(performance.now() - from).toBeGreaterThan(900)
  })

  it('is closed twice as long each time, up to a limit, and for the first time again after a success', async () => {
    const gate = gateAt(newKey())
    const times: number[] = []
    const closeAgain = async () => {
      times.push(await gate.close({ firstMs: 20, longestMs: 70 }))
      return openedGrant(gate)
    }
    for (let time = 0; time < 3; time++) (await closeAgain()).unused()
    const probe = await closeAgain()
    probe.succeeded(KIND)
    probe.unused()
    await closeAgain()
    expect(times).toEqual([20, 40, 70, 70, 20])
  })

  it('for a moment only is waited out by those who are patient', async () => {
    const gate = gateAt(newKey(), 7, { longestWaitMs: 500 })
    const from = performance.now()
    await gate.close(closing(300))
    expect((await gate.acquire('live')).type).toBe('granted')
    expect(performance.now() - from).toBeGreaterThan(290)
    await gate.close(closing(1000))
    expect((await gate.acquire('live')).type).toBe('closed')
  })
})

describe.concurrent('Redis', () => {
  it('that fails fails those who wait, and the next are served', async () => {
    let isDown = true
    const redis = {
      evalsha: (...args: Parameters<typeof testRedis.redis.evalsha>) =>
        isDown ? Promise.reject(new Error('connection lost')) : testRedis.redis.evalsha(...args),
      eval: testRedis.redis.eval.bind(testRedis.redis),
    } as SlotGateOptions['redis']
    const gate = gateAt(newKey(), 7, { redis })
    await expect(gate.acquire('live')).rejects.toThrow('connection lost')
    isDown = false
    expect((await gate.acquire('live')).type).toBe('granted')
  })

  it('that has not seen the scripts gets them', async () => {
    await testRedis.redis.script('FLUSH')
    expect((await gateAt(newKey()).acquire('live')).type).toBe('granted')
  })
})
