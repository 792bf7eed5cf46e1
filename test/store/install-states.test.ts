import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { INSTALL_STATE_LIFE_S, InstallStates } from '../../src/store/install-states.ts'
import { Keys } from '../../src/store/keys.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let states: InstallStates

beforeAll(async () => {
  test = await connectTestRedis()
  states = new InstallStates(test.redis, new Keys(test.root))
})
afterAll(() => test.close())

describe('a state', () => {
  it('works once, in the browser it was given to', async () => {
    const state = await states.issue('browser')
    expect(await states.use(state, 'another browser')).toBe(false)
    expect(await states.use(state, 'browser')).toBe(true)
    expect(await states.use(state, 'browser')).toBe(false)
  })

  it('works once for many at the same time', async () => {
    const state = await states.issue('browser')
    const uses = await Promise.all(Array.from({ length: 50 }, () => states.use(state, 'browser')))
    expect(uses.filter(Boolean)).toHaveLength(1)
  })

  it('is unlike any other, and unknown when it was not given', async () => {
    const many = await Promise.all(Array.from({ length: 100 }, () => states.issue('browser')))
    expect(new Set(many).size).toBe(100)
    expect(await states.use('made-up', 'browser')).toBe(false)
    expect(await states.use('', '')).toBe(false)
  })

  it('lives a quarter of an hour, and stands in Redis by hashes alone', async () => {
    const state = await states.issue('secret-of-the-browser')
    const found = await test.redis.keys(`${test.root}:install-state:*`)
    const lives = await Promise.all(found.map((key) => test.redis.ttl(key)))
    expect(INSTALL_STATE_LIFE_S).toBe(900)
    expect(lives.every((life) => life > 0 && life <= INSTALL_STATE_LIFE_S)).toBe(true)
    const stored = JSON.stringify([found, await Promise.all(found.map((key) => test.redis.get(key)))])
    expect(stored).not.toContain(state)
    expect(stored).not.toContain('secret-of-the-browser')
  })
})
