import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { LoopbackAmo, type Reply } from './support/loopback-amo.ts'
import { testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const newApi = () => testAccount(testRedis, amo.origin).api
const reply = (answer: Reply) => {
  amo.handler = () => answer
}

describe('events of cards', () => {
  it.each([
    ['bin', 'contact_deleted', 'lead_restored'],
    ['links', 'entity_linked', 'entity_unlinked'],
    ['merges', 'entity_merged', 'entity_merged'],
  ] as const)('of the list %s are read newest first, whatever else comes', async (source, one, other) => {
    const about = { entity_id: 1, entity_type: 'contact', created_at: 10 }
    const events = [
      { ...about, type: one },
      { ...about, type: other, entity_id: 2, entity_type: 'lead', created_at: 30 },
      { ...about, type: 'lead_added', entity_id: 3 },
      { ...about, type: other, entity_id: 4, entity_type: 'customer' },
    ]
    reply({ json: { _embedded: { events }, _links: { next: { href: 'x' } } } })
    expect(await newApi().cardEvents(source, 2)).toEqual({
      items: [
        { entityType: 'leads', entityId: 2, at: 30 },
        { entityType: 'contacts', entityId: 1, at: 10 },
      ],
      hasNext: true,
    })
    const query = amo.arrivals[0]?.query
    expect([query?.get('page'), query?.get('limit')]).toEqual(['2', '100'])
    expect(query?.getAll('filter[type][]')).toEqual(expect.arrayContaining([one, other]))
  })

  it.each([400, 402, 403, 404])('are none where amoCRM answers %s', async (status) => {
    reply({ status, json: {} })
    expect(await newApi().cardEvents('merges', 1)).toEqual({ items: [], hasNext: false })
  })
})
