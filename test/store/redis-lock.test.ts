import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withLock } from '../../src/store/redis-lock.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const TTL_MS = 400

let test: TestRedis
beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

describe('a lock', () => {
  it('is held for as long as the work takes, longer than it would outlive a crash', async () => {
    const key = `${test.root}:held`
    const order: string[] = []
    let next = Promise.resolve()
    await withLock(
      test.redis,
      key,
      async () => {
        next = withLock(test.redis, key, async () => void order.push('next'))
        const begun = performance.now()
        while (performance.now() - begun < 3 * TTL_MS) expect(await test.redis.exists(key)).toBe(1)
        order.push('first')
      },
      TTL_MS,
    )
    await next
    expect(order).toEqual(['first', 'next'])
  })

  it('of a crashed holder ends by itself', async () => {
    const key = `${test.root}:crashed`
    await test.redis.set(key, 'a holder that is no more', 'PX', TTL_MS)
    expect(await withLock(test.redis, key, async () => 'taken')).toBe('taken')
  })

  it('that was lost is not prolonged for the loser, nor let go by him', async () => {
    const key = `${test.root}:lost`
    await withLock(
      test.redis,
      key,
      async () => {
        await test.redis.set(key, 'somebody else', 'PX', 60_000)
        const begun = performance.now()
        while (performance.now() - begun < TTL_MS) await test.redis.ping()
      },
      TTL_MS,
    )
    expect(await test.redis.get(key)).toBe('somebody else')
    expect(await test.redis.pttl(key)).toBeGreaterThan(50_000)
  })
})
