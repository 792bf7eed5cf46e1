import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { EntityPatch } from '../../src/amocrm/amo-api.ts'
import { AmoHttp } from '../../src/amocrm/amo-http.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { FakeCards, patchItems, validationErrors, written } from './support/fake-cards.ts'
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

describe('writes that come together', () => {
  it('go out together, in minimal patches', async () => {
    const outcomes = await updateAll(
      newAccount(),
      range(1, 600).map((id) => tagged(id, 'Спящий', 'Новый')),
    )
    expect(outcomes.every(({ type }) => type === 'written')).toBe(true)
    const sizes = patches().map((items) => items.length)
    expect(sizes.sort((a, b) => b - a)).toEqual([250, 250, 100])
    expect(
      patches()
        .flat()
        .find(({ id }) => id === 2),
    ).toEqual({
      id: 2,
      request_id: '1',
      tags_to_add: [{ name: 'Спящий' }],
      tags_to_delete: [{ name: 'Новый' }],
    })
    expect(cards.tags.get(2)).toEqual(['VIP', 'Спящий'])
  })

  it('to one entity are one', async () => {
    const account = newAccount()
    const outcomes = await updateAll(account, [
      { id: 1, tags: { add: ['a', 'b'], remove: ['c'] }, fields: { 7: { value: 'x' }, 8: null } },
      {
        id: 1,
        tags: { add: ['c'], remove: ['b'] },
        status: { pipelineId: 1, statusId: 2 },
        fields: { 7: { enumId: 9 } },
      },
    ])
    expect(outcomes).toMatchObject([{ type: 'written' }, { type: 'written' }])
    expect(patches()).toEqual([
      [
        {
          id: 1,
          request_id: '0',
          pipeline_id: 1,
          status_id: 2,
          tags_to_add: [{ name: 'a' }, { name: 'c' }],
          tags_to_delete: [{ name: 'b' }],
          custom_fields_values: [
            { field_id: 7, values: [{ enum_id: 9 }] },
            { field_id: 8, values: null },
          ],
        },
      ],
    ])
  })

  it('that change nothing cost nothing', async () => {
    expect(await newAccount().api.update('leads', { id: 1, tags: { add: [], remove: [] } }, 'live')).toEqual({
      type: 'written',
    })
    expect(amo.arrivals).toEqual([])
  })

  it('never hold one entity twice at a time', async () => {
    const account = newAccount()
    const underWay = new Set<number>()
    let doubles = 0
    cards.intercept = async (items) => {
      for (const { id } of items) doubles += underWay.has(id) ? 1 : 0
      for (const { id } of items) underWay.add(id)
      await testRedis.redis.ping()
      for (const { id } of items) underWay.delete(id)
      return undefined
    }
    const rounds = range(0, 8).map(async (round) => {
      for (const id of range(1, 5)) {
        await testRedis.redis.ping()
        await account.api.update('contacts', tagged(id, `t${round}`), round % 2 ? 'live' : 'backfill')
      }
    })
    await Promise.all(rounds)
    expect(doubles).toBe(0)
    expect(cards.tags.get(5)).toEqual(expect.arrayContaining(range(0, 8).map((round) => `t${round}`)))
  })
})

describe('a batch that is refused', () => {
  it('is sent again without the items that amoCRM names', async () => {
    cards.intercept = (items) => {
      const bad = items.filter(({ id }) => id === 3 || id === 5)
      return bad.length > 0
        ? validationErrors(bad.map((item) => [item.request_id, 'NotSupportedChoice', 'status_id']))
        : undefined
    }
    const outcomes = await updateAll(newAccount(), range(1, 6).map(moved))
    expect(outcomes.map(({ type }) => type)).toEqual(['written', 'written', 'refused', 'written', 'refused', 'written'])
    expect(outcomes[2]).toMatchObject({ errors: [{ code: 'NotSupportedChoice', path: 'status_id' }] })
    expect(patches().map((items) => items.map(({ id }) => id))).toEqual([range(1, 6), [1, 2, 4, 6]])
  })

  it.each([400, 413, 422])('with %s and without names is halved down to the one that is wrong', async (status) => {
    cards.intercept = (items) =>
      items.some(({ id }) => id === 6) ? { status, json: { title: 'Bad Request', detail: 'no' } } : undefined
    const outcomes = await updateAll(newAccount(), range(1, 8).map(moved))
    expect(outcomes.map(({ type }) => type === 'written')).toEqual(range(1, 8).map((id) => id !== 6))
    expect(outcomes[5]).toEqual({ type: 'refused', errors: [{ code: 'Bad Request', path: '', detail: 'no' }] })
  })

  it('because an entity is gone says so', async () => {
    cards.tags.delete(2)
    cards.intercept = (items) => {
      const gone = items.filter(({ id }) => !cards.tags.has(id))
      return gone.length > 0
        ? validationErrors(gone.map((item) => [item.request_id, 'NotSupportedChoice', 'id']))
        : undefined
    }
    const outcomes = await updateAll(newAccount(), [moved(1), moved(2)])
    expect(outcomes).toMatchObject([{ type: 'written' }, { type: 'gone' }])
  })

  it('as not found is halved down to the one that is gone', async () => {
    cards.tags.delete(2)
    cards.intercept = (items) => (items.some(({ id }) => id === 2) ? { status: 404, json: {} } : undefined)
    expect(await updateAll(newAccount(), [moved(1), moved(2)])).toMatchObject([{ type: 'written' }, { type: 'gone' }])
  })
})

describe('an item missing from the answer', () => {
  it('is gone if it cannot be read either', async () => {
    cards.tags.delete(2)
    expect(await updateAll(newAccount(), [moved(1), moved(2), moved(3)])).toMatchObject([
      { type: 'written' },
      { type: 'gone' },
      { type: 'written' },
    ])
    expect(amo.calls).toEqual(['PATCH /api/v4/contacts', 'GET /api/v4/contacts/2'])
  })

  it('is sent once more if it can', async () => {
    let isFirst = true
    cards.intercept = (items) => {
      if (!isFirst) return undefined
      isFirst = false
      return written(items.filter(({ id }) => id !== 2))
    }
    expect(await updateAll(newAccount(), [moved(1), moved(2)])).toMatchObject([
      { type: 'written' },
      { type: 'written' },
    ])
    expect(patches().map((items) => items.map(({ id }) => id))).toEqual([[1, 2], [2]])
  })

  it('a second time is a failure of the call', async () => {
    cards.intercept = () => ({ status: 200, json: {} })
    await expect(newAccount().api.update('contacts', moved(1), 'live')).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('a batch that is too heavy', () => {
  it.each<[string, { status: number } | 'hang']>([
    ['504', { status: 504 }],
    ['silence', 'hang'],
  ])('by %s is halved, and the next ones stay small', async (_, reply) => {
    const account = testAccount(testRedis, amo.origin, {
      http: new AmoHttp({ allowedHosts: [], apiOrigin: amo.origin, totalTimeoutMs: 300 }),
    })
    account.traits.values.set('tags', 'delta')
    cards.intercept = (items) => (items.length > 100 ? reply : undefined)
    const outcomes = await updateAll(
      account,
      range(1, 200).map((id) => tagged(id, 'x')),
    )
    expect(outcomes.every(({ type }) => type === 'written')).toBe(true)
    expect(patches().map((items) => items.length)).toEqual([200, 100, 100])

    await updateAll(
      account,
      range(201, 200).map((id) => tagged(id, 'x')),
    )
    expect(
      patches()
        .slice(3)
        .map((items) => items.length),
    ).toEqual([100, 100])
  })

  it('is not tried again by another process, nor after a restart, and grows slowly everywhere', async () => {
    const account = newAccount()
    cards.intercept = (items) => (items.length > 100 ? { status: 504 } : undefined)
    await updateAll(
      account,
      range(1, 200).map((id) => tagged(id, 'x')),
    )
    expect(account.traits.values.get('batch:contacts')).toBe('100')
    cards.intercept = () => undefined
    amo.arrivals.length = 0
    const restarted = account.elsewhere()
    const write = (count: number) =>
      Promise.all(range(1, count).map((id) => restarted.update('contacts', tagged(id, 'y'), 'live')))
    await write(200)
    expect(patches().map((items) => items.length)).toEqual([100, 100])
    for (let batch = 3; batch <= 10; batch++) await write(100)
    expect(account.traits.values.get('batch:contacts')).toBe('125')
    amo.arrivals.length = 0
    await updateAll(
      account,
      range(1, 250).map((id) => tagged(id, 'z')),
    )
    expect(patches().map((items) => items.length)).toEqual([125, 125])
  })

  it('is written all the same where its size cannot be kept', async () => {
    const account = newAccount()
    account.traits.set = () => Promise.reject(new Error('Redis is away'))
    cards.intercept = (items) => (items.length > 100 ? { status: 504 } : undefined)
    const outcomes = await updateAll(
      account,
      range(1, 200).map((id) => tagged(id, 'x')),
    )
    expect(outcomes.every(({ type }) => type === 'written')).toBe(true)
  })
})
