import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepText } from '../../src/store/keep-text.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

const keyOf = (name: string) => `${test.root}:{1}:text:${name}`
const keep = (name: string, text = name) =>
  keepText(test.redis, { index: `${test.root}:{1}:texts`, key: keyOf(name), text }, { seconds: 60, most: 3 })
const kept = (names: string) => Promise.all([...names].map((name) => test.redis.get(keyOf(name))))

describe('texts that are kept', () => {
  it('are the last few, each for its time', async () => {
    for (const name of 'abcd') await keep(name)
    expect(await kept('abcd')).toEqual([null, 'b', 'c', 'd'])
    expect(await test.redis.ttl(keyOf('d'))).toBeGreaterThan(50)
    expect(await test.redis.ttl(`${test.root}:{1}:texts`)).toBeGreaterThan(50)
  })

  it('count once however often they are kept, from the last time on', async () => {
    for (const name of 'abc') await keep(name)
    await keep('a', 'again')
    await keep('d')
    expect(await kept('abcd')).toEqual(['again', null, 'c', 'd'])
  })

  it('stay few when many come at once', async () => {
    await Promise.all([...'abcdefghij'].map((name) => keep(name)))
    await keep('z')
    expect((await kept('abcdefghijz')).filter((text) => text !== null)).toHaveLength(3)
  })
})
