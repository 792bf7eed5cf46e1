import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Echoes, type ExpectedEcho } from '../../src/store/echoes.ts'
import { Keys } from '../../src/store/keys.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let echoes: Echoes
let account = 0

beforeAll(async () => {
  test = await connectTestRedis()
  echoes = new Echoes(test.redis, new Keys(test.root))
})
beforeEach(() => {
  account++
})
afterAll(() => test.close())

const ECHO: ExpectedEcho = { entity: 'leads', id: 17, digest: 'state' }
const AT = 1_790_000_000

const expectWrite = () => echoes.expect(account, [ECHO])
const passes = (updatedAt = AT, echo = ECHO) => echoes.consume(account, echo, updatedAt)
const settle = (updatedAt: number | null) => echoes.settle(account, ECHO, updatedAt)

describe('the webhook of a write', () => {
  it('passes once', async () => {
    await expectWrite()
    expect(await settle(AT)).toBe(true)
    expect(await passes()).toBe(true)
    expect(await passes()).toBe(false)
  })

  it('passes once also when it is faster than the answer', async () => {
    await expectWrite()
    expect(await passes()).toBe(true)
    expect(await passes()).toBe(false)
    expect(await settle(AT)).toBe(true)
    expect(await passes()).toBe(false)
  })

  it.each<[string, number, ExpectedEcho]>([
    ['of another second', AT + 1, ECHO],
    ['of another state', AT, { ...ECHO, digest: 'stat' }],
    ['of another deal', AT, { ...ECHO, id: 18 }],
    ['of another kind of card', AT, { ...ECHO, entity: 'contacts' }],
  ])('is not one %s, which leaves it expected', async (_, updatedAt, echo) => {
    await expectWrite()
    await settle(AT)
    expect(await passes(updatedAt, echo)).toBe(false)
    expect(await passes()).toBe(true)
  })

  it('of another account is none', async () => {
    await expectWrite()
    await settle(AT)
    expect(await echoes.consume(account + 1000, ECHO, AT)).toBe(false)
  })

  it('is not expected for ever', async () => {
    await expectWrite()
    await settle(AT)
    const [key = ''] = await test.redis.keys(`${test.root}:{${account}}:e:*`)
    expect(await test.redis.ttl(key)).toBeGreaterThan(100)
    expect(await test.redis.ttl(key)).toBeLessThanOrEqual(120)
  })
})

describe('a webhook that passed before the answer', () => {
  it('and is of another second than the write was told of', async () => {
    await expectWrite()
    await passes(AT - 1)
    expect(await settle(AT)).toBe(false)
    expect(await passes()).toBe(false)
  })

  it('of a write that was not made is told of', async () => {
    await expectWrite()
    await passes()
    expect(await settle(null)).toBe(false)
  })
})

describe('a write that was not made', () => {
  it('has no webhook', async () => {
    await expectWrite()
    expect(await settle(null)).toBe(true)
    expect(await passes()).toBe(false)
  })

  it('leaves the webhook of a later one expected', async () => {
    await expectWrite()
    const later = { ...ECHO, digest: 'later' }
    await echoes.expect(account, [later])
    expect(await settle(null)).toBe(true)
    expect(await echoes.settle(account, later, AT)).toBe(true)
    expect(await passes(AT, later)).toBe(true)
  })
})
