import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { type Arrival, type Handler, LoopbackAmo, type Reply } from './support/loopback-amo.ts'
import { testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
  amo.handler = serve()
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const newAccount = (options?: Parameters<typeof testAccount>[2]) => testAccount(testRedis, amo.origin, options)
const card = (id: number) => ({ id, name: `c${id}`, _embedded: { tags: [{ name: 'a' }] } })
const list = (ids: readonly number[], next = false): Reply => ({
  json: { _embedded: { contacts: ids.map(card) }, ...(next ? { _links: { next: { href: 'x' } } } : {}) },
})
const askedIds = (arrival: Arrival) => arrival.query.getAll('filter[id][]').map(Number)

/** Serves contacts by id and in lists; those `exists` denies are missing. */
const serve =
  (exists: (id: number) => boolean = () => true): Handler =>
  (arrival) => {
    const single = /^\/api\/v4\/contacts\/(\d+)$/.exec(arrival.path)?.[1]
    if (single) return exists(Number(single)) ? { json: card(Number(single)) } : { status: 204 }
    const found = askedIds(arrival).filter(exists)
    return found.length > 0 ? list(found) : { status: 204 }
  }

const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)

describe('reads that come together', () => {
  it('go out together: 1,000 take 4 requests', async () => {
    const { api } = newAccount()
    const contacts = await Promise.all(range(10_000_000, 1000).map((id) => api.contact(id, 'backfill')))
    expect(contacts.map((contact) => contact?.id)).toEqual(range(10_000_000, 1000))
    expect(amo.arrivals).toHaveLength(4)
    expect(Math.max(...amo.arrivals.map(({ url }) => url.length))).toBeLessThan(7900)
    expect(amo.arrivals[0]?.query.get('limit')).toBe('250')
  })

  it('fit into the URL, however long the ids', async () => {
    const { api } = newAccount()
    const ids = range(100_000_000_000_000, 300)
    await Promise.all(ids.map((id) => api.contact(id, 'backfill')))
    expect(Math.max(...amo.arrivals.map(({ url }) => url.length))).toBeLessThan(7900)
    expect(amo.arrivals.flatMap(askedIds)).toEqual(ids)
  })

  it('of one id are one', async () => {
    const { api } = newAccount()
    const [one, same] = await Promise.all([api.contact(5, 'live'), api.contact(5, 'due')])
    expect(one).toBe(same)
    expect(amo.calls).toEqual(['GET /api/v4/contacts/5'])
  })

  it('go out by kind of entity', async () => {
    const { api } = newAccount()
    amo.handler = () => ({ status: 204 })
    const missing = await Promise.all([api.lead(1, 'live'), api.lead(2, 'live'), api.company(3, 'live')])
    expect(missing).toEqual([null, null, null])
    expect(amo.calls.sort()).toEqual(['GET /api/v4/companies/3', 'GET /api/v4/leads'])
    expect(amo.arrivals.find(({ path }) => path.endsWith('leads'))?.query.get('with')).toContain('contacts')
  })

  it('are null where an id is unknown, and only there', async () => {
    const { api } = newAccount()
    amo.handler = serve((id) => id !== 2)
    const contacts = await Promise.all([1, 2, 3].map((id) => api.contact(id, 'live')))
    expect(contacts.map((contact) => contact?.id ?? null)).toEqual([1, null, 3])
  })
})

describe('a lone read', () => {
  it.each<[string, Reply]>([
    ['204', { status: 204 }],
    ['404', { status: 404, json: { title: 'Not Found', status: 404 } }],
    ['a card in the bin', { json: { id: 5, is_deleted: true } }],
  ])('answered by %s is null', async (_, reply) => {
    const { api } = newAccount()
    amo.handler = () => reply
    expect(await api.contact(5, 'live')).toBeNull()
  })

  it('bears the instant of its request', async () => {
    const { api } = newAccount()
    const before = Date.now()
    const contact = await api.contact(5, 'live')
    expect(contact?.readAt).toBeGreaterThanOrEqual(before)
    expect(contact?.readAt).toBeLessThanOrEqual(Date.now())
  })
})

describe('an id asked for after its request was sent', () => {
  it('is read anew', async () => {
    const { api } = newAccount()
    let arrived: () => void = () => {}
    let answer: () => void = () => {}
    const sent = new Promise<void>((resolve) => {
      arrived = resolve
    })
    const released = new Promise<void>((resolve) => {
      answer = resolve
    })
    amo.handler = async () => {
      arrived()
      await released
      return { json: card(5) }
    }
    const first = api.contact(5, 'live')
    await sent
    const second = api.contact(5, 'live')
    answer()
    const [earlier, later] = await Promise.all([first, second])
    expect(amo.arrivals).toHaveLength(2)
    expect(later?.readAt).toBeGreaterThanOrEqual(earlier?.readAt ?? Number.POSITIVE_INFINITY)
  })
})

describe('an urgent read', () => {
  it('overtakes the backfill at the slot', async () => {
    const { api } = newAccount({ requestsPerSecond: 1, marginMs: 0 })
    await api.company(1, 'live')
    const backfill = range(1, 400).map((id) => api.contact(id, 'backfill'))
    const live = api.contact(900, 'live')
    expect((await live)?.id).toBe(900)
    const [, first] = amo.arrivals
    expect(first && askedIds(first)).toContain(900)
    await Promise.all(backfill)
  })
})

describe('an account whose filters are off', () => {
  it('is read one by one, and it is remembered', async () => {
    const { api, traits, elsewhere } = newAccount()
    const served = serve()
    amo.handler = (arrival) => (arrival.path === '/api/v4/contacts' ? list(range(1, 250), true) : served(arrival))
    const contacts = await Promise.all([7, 500, 600].map((id) => api.contact(id, 'live')))
    expect(contacts.map((contact) => contact?.id)).toEqual([7, 500, 600])
    expect(traits.values.get('filters')).toBe('off')
    expect(amo.calls).toEqual(['GET /api/v4/contacts', 'GET /api/v4/contacts/500', 'GET /api/v4/contacts/600'])

    const other = elsewhere()
    await Promise.all([500, 600].map((id) => other.contact(id, 'live')))
    expect(amo.calls.filter((call) => call === 'GET /api/v4/contacts')).toHaveLength(1)
  })
})

describe('an answer that is not whole', () => {
  it('with a next page is asked for the rest', async () => {
    const { api } = newAccount()
    amo.handler = (arrival) => {
      const ids = askedIds(arrival)
      return arrival.path.endsWith('s') ? list(ids.slice(0, 50), ids.length > 50) : serve()(arrival)
    }
    const contacts = await Promise.all(range(1, 120).map((id) => api.contact(id, 'live')))
    expect(contacts.every((contact) => contact !== null)).toBe(true)
    expect(amo.arrivals).toHaveLength(3)
  })

  it.each<[string, Reply]>([
    ['504', { status: 504, html: '<html>' }],
    ['a refusal of the batch', { status: 400, json: { title: 'Bad Request' } }],
  ])('because of %s is asked for in halves', async (_, refusal) => {
    const { api } = newAccount()
    const served = serve()
    amo.handler = (arrival) => (askedIds(arrival).length > 60 ? refusal : served(arrival))
    const contacts = await Promise.all(range(1, 200).map((id) => api.contact(id, 'live')))
    expect(contacts.every((contact) => contact !== null)).toBe(true)
    const sizes = amo.arrivals.map((arrival) => askedIds(arrival).length)
    expect(sizes.slice(0, 2)).toEqual([200, 100])
    expect(sizes.filter((size) => size <= 60)).toEqual([50, 50, 50, 50])
  })
})

describe('a failure', () => {
  it('reaches all who took part, and the next read starts anew', async () => {
    const { api } = newAccount()
    amo.handler = () => ({ status: 402, json: {} })
    const results = await Promise.allSettled([1, 2].map((id) => api.contact(id, 'live')))
    for (const result of results)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'payment_required' } })
    amo.handler = serve()
    expect((await api.contact(1, 'live'))?.id).toBe(1)
  })

  it('before the request reaches all who wait', async () => {
    const { api, tokens } = newAccount()
    tokens.pair = null
    const results = await Promise.allSettled([1, 2].map((id) => api.contact(id, 'live')))
    for (const result of results) expect(result).toMatchObject({ status: 'rejected', reason: { code: 'unauthorized' } })
    expect(amo.arrivals).toHaveLength(0)
  })
})
