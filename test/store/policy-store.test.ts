import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Keys } from '../../src/store/keys.ts'
import { PolicyStore } from '../../src/store/policy-store.ts'
import { deferred } from '../support/deferred.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let keys: Keys
let policies: PolicyStore

beforeAll(async () => {
  test = await connectTestRedis()
  keys = new Keys(test.root)
  policies = new PolicyStore(test.redis, keys)
})
afterAll(() => test.close())

describe('policies', () => {
  it('are counted from 1, and the newest is the one in force', async () => {
    expect(await policies.current(1)).toBeNull()
    expect(await policies.save(1, 0, { language: 'ru' }, 'Anna')).toMatchObject({ version: 1, author: 'Anna' })
    await policies.save(1, 1, { language: 'en' }, 'Boris')
    expect(await policies.current(1)).toMatchObject({ version: 2, policy: { language: 'en' }, author: 'Boris' })
  })

  it('are not saved over a version their author has not seen', async () => {
    await policies.save(2, 0, { a: 1 }, 'Anna')
    expect(await policies.save(2, 0, { a: 2 }, 'Boris')).toBeNull()
    expect(await policies.save(2, 2, { a: 3 }, 'Boris')).toBeNull()
    expect(await policies.current(2)).toMatchObject({ version: 1, policy: { a: 1 } })
  })

  it('let one of several authors win', async () => {
    const saved = await Promise.all(Array.from({ length: 10 }, (_, index) => policies.save(3, 0, { index }, 'x')))
    const winners = saved.filter((one) => one !== null)
    expect(winners).toHaveLength(1)
    expect(await policies.current(3)).toEqual(winners[0])
  })

  it('of accounts are kept apart, and a change is announced', async () => {
    const listener = test.redis.duplicate()
    const heard = deferred<string>()
    listener.on('message', (_channel, id) => heard.resolve(id))
    await listener.subscribe(keys.announcements)
    await policies.save(4, 0, { a: 4 }, 'Anna')
    expect(await heard.promise).toBe('4')
    expect(await policies.current(5)).toBeNull()
    listener.disconnect()
  })
})
