import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EntityPatch } from '../../src/amocrm/amo-api.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { FakeCards, type PatchItem, patchItems, validationErrors } from './support/fake-cards.ts'
import { LoopbackAmo } from './support/loopback-amo.ts'
import { type TestAccount, testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo
let cards: FakeCards

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
  cards = new FakeCards(range(1, 2000), ['VIP'])
  amo.handler = cards.handler
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)
const patches = () => amo.arrivals.filter(({ method }) => method === 'PATCH').map(patchItems)
const tagged = (id: number, add: string, remove?: string): EntityPatch => ({
  id,
  tags: { add: [add], remove: remove ? [remove] : [] },
})
const moved = (id: number): EntityPatch => ({ id, status: { pipelineId: 1, statusId: 142 } })

/** An account that is known to take `tags_to_add`, unless its tag mode is what the test is about. */
const newAccount = (mode: 'delta' | 'whole' | null = 'delta'): TestAccount => {
  const account = testAccount(testRedis, amo.origin)
  if (mode) account.traits.values.set('tags', mode)
  return account
}
const updateAll = (account: TestAccount, all: readonly EntityPatch[]) =>
  Promise.all(all.map((patch) => account.api.update('contacts', patch, 'live')))

describe('the first tags of an account', () => {
  const sentTags = (items: readonly PatchItem[] | undefined) => items?.map(({ _embedded }) => _embedded?.tags)

  it('are read back once, and never again', async () => {
    const account = newAccount(null)
    const outcomes = await updateAll(
      account,
      range(1, 600).map((id) => tagged(id, 'Спящий')),
    )
    expect(account.traits.values.get('tags')).toBe('delta')
    expect(outcomes.every((outcome) => outcome.type === 'written' && outcome.updatedAt === 1)).toBe(true)
    expect(amo.calls.slice(0, 2)).toEqual(['PATCH /api/v4/contacts', 'GET /api/v4/contacts'])
    await updateAll(account, [tagged(1, 'x')])
    await account.elsewhere().update('contacts', tagged(2, 'y'), 'live')
    expect(amo.calls.filter((call) => call.startsWith('GET'))).toHaveLength(1)
  })

  it('are tried by one kind of entity, while others wait, and writes without tags do not', async () => {
    const account = newAccount(null)
    amo.handler = (arrival) => {
      const items = patchItems(arrival)
      if (arrival.method === 'PATCH')
        return { json: { _embedded: { [arrival.path.slice(8)]: items.map(({ id }) => ({ id })) } } }
      return { json: { id: 1, status_id: 1, pipeline_id: 1, _embedded: { tags: [{ name: 'X' }] } } }
    }
    const outcomes = await Promise.all([
      account.api.update('leads', tagged(1, 'x'), 'live'),
      account.api.update('contacts', tagged(1, 'x'), 'live'),
      account.api.update('companies', moved(1), 'live'),
    ])
    expect(outcomes.every(({ type }) => type === 'written')).toBe(true)
    expect(amo.calls.filter((call) => call.startsWith('GET'))).toHaveLength(1)
    expect(account.traits.values.get('tags')).toBe('delta')
  })

  it.each(['refused', 'ignored'] as const)(
    'whose keys are %s are written as whole sets, other tags kept',
    async (how) => {
      cards.tagKeys = how
      const account = newAccount(null)
      const outcomes = await updateAll(account, [tagged(1, 'Спящий', 'Новый'), tagged(2, 'Новый', 'VIP'), moved(3)])
      expect(outcomes.map(({ type }) => type)).toEqual(['written', 'written', 'written'])
      expect(cards.tags.get(1)).toEqual(['VIP', 'Спящий'])
      expect(cards.tags.get(2)).toEqual(['Новый'])
      expect(account.traits.values.get('tags')).toBe('whole')
    },
  )

  it('stay on trial when the read-back fails', async () => {
    const account = newAccount(null)
    amo.handler = (arrival) => (arrival.method === 'GET' ? { status: 402 } : cards.handler(arrival))
    expect(await updateAll(account, [tagged(1, 'x')])).toMatchObject([{ type: 'written' }])
    expect(account.traits.values.has('tags')).toBe(false)
    amo.handler = cards.handler
    await updateAll(account, [tagged(1, 'y')])
    expect(account.traits.values.get('tags')).toBe('delta')
  })

  it('stay unknown when the batch fails, and those who waited are served', async () => {
    const account = newAccount(null)
    cards.intercept = () => ({ status: 402 })
    await expect(account.api.update('contacts', tagged(1, 'x'), 'live')).rejects.toMatchObject({
      code: 'payment_required',
    })
    cards.intercept = () => undefined
    expect(await account.api.update('contacts', tagged(1, 'x'), 'live')).toMatchObject({ type: 'written' })
  })

  it('a single tag that is refused says nothing about the keys', async () => {
    const account = newAccount()
    cards.intercept = (items) =>
      validationErrors(items.map((item) => [item.request_id, 'TooLong', 'tags_to_add.0.name']))
    expect(await updateAll(account, [tagged(1, 'x')])).toMatchObject([{ type: 'refused' }])
    expect(account.traits.values.get('tags')).toBe('delta')
  })

  it('in whole sets are read fresh, grouped, and written only on a difference', async () => {
    cards.tags.delete(4)
    const account = newAccount('whole')
    cards.tags.set(3, [])
    const outcomes = await updateAll(account, [
      tagged(1, 'new'),
      tagged(2, 'VIP'),
      { id: 3, tags: { add: [], remove: ['x'] }, status: { pipelineId: 1, statusId: 2 } },
      tagged(4, 'x'),
      { id: 5, tags: { add: [], remove: ['VIP'] } },
    ])
    expect(outcomes.map(({ type }) => type)).toEqual(['written', 'written', 'written', 'gone', 'written'])
    expect(amo.calls).toEqual(['GET /api/v4/contacts', 'PATCH /api/v4/contacts'])
    expect(sentTags(patches()[0])).toEqual([[{ name: 'VIP' }, { name: 'new' }], undefined, null])
  })
})
