import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ClientLists } from '../../src/store/client-lists.ts'
import { Keys } from '../../src/store/keys.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let lists: ClientLists
beforeAll(async () => {
  test = await connectTestRedis()
  lists = new ClientLists(test.redis, new Keys(test.root))
})
afterAll(() => test.close())

const ACCOUNT = 5
const LARGEST = Number.MAX_SAFE_INTEGER
const CLIENTS = [
  { kind: 'contact', id: 7 },
  { kind: 'company', id: 41_000_001 },
  { kind: 'contact', id: LARGEST },
  { kind: 'contact', id: 3 },
  { kind: 'company', id: 12 },
] as const

const page = (name: string, from: number, descending = false) =>
  lists.page(ACCOUNT, name, { from, count: 2, descending })

describe('a kept list', () => {
  it('gives any page of it, forwards and backwards', async () => {
    const name = await lists.make(ACCOUNT, 'question', CLIENTS)
    expect(await page(name, 0)).toEqual({ total: 5, clients: CLIENTS.slice(0, 2) })
    expect(await page(name, 2)).toEqual({ total: 5, clients: CLIENTS.slice(2, 4) })
    expect(await page(name, 4)).toEqual({ total: 5, clients: CLIENTS.slice(4) })
    const backwards = CLIENTS.toReversed()
    expect(await page(name, 0, true)).toEqual({ total: 5, clients: backwards.slice(0, 2) })
    expect(await page(name, 4, true)).toEqual({ total: 5, clients: backwards.slice(4) })
    expect(await page(name, 5)).toEqual({ total: 5, clients: [] })
  })

  it('is given to whoever asks the same soon after, and to nobody else', async () => {
    const name = await lists.make(ACCOUNT, 'same', CLIENTS)
    expect(await lists.recent(ACCOUNT, 'same')).toBe(name)
    expect(await lists.recent(ACCOUNT, 'other')).toBeNull()
    expect(await lists.recent(ACCOUNT + 1, 'same')).toBeNull()
  })

  it('is empty when nobody is in it, or when it is over', async () => {
    const name = await lists.make(ACCOUNT, 'none', [])
    expect(await page(name, 0)).toEqual({ total: 0, clients: [] })
    expect(await page('no-such-list', 0)).toEqual({ total: 0, clients: [] })
  })
})
