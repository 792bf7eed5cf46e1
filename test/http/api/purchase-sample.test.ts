import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../../src/segmentation/policy.ts'
import { Newest } from '../../../src/sync/queries/newest.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients } from './support/small-clients.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
  await addClients(api)
})
afterAll(() => api.close())

const post = (tail: string, policy: unknown) =>
  api.app.inject({ method: 'POST', url: api.path(tail), headers: api.as(SALESPERSON), payload: { policy } })
const sample = async (policy: PolicyInput) => (await post('/policy/purchases', policy)).json()
const ids = (deals: readonly { dealId: number }[]) => deals.map(({ dealId }) => dealId)

describe('the sample of purchases', () => {
  it('shows the deals that count, the newest first, and what dates them', async () => {
    const { counted } = await sample({})
    expect([counted.deals, counted.sum, ids(counted.newest)]).toEqual([4, 17_500, [200, 301, 300, 400]])
    expect(counted.newest[0]).toMatchObject({
      ...{ client: { kind: 'contact', id: 2 }, pipelineId: 10, statusId: 142, price: 5_000, datedBy: 'closing' },
      at: new Date((api.mine.world.now - 10 * 86_400) * 1000).toISOString(),
    })
  })

  it('shows those that do not, each with its reason in both languages', async () => {
    const { ignored } = await sample({ minPrice: 2_000 })
    expect([ignored.deals, ignored.byReason]).toEqual([3, { status_not_purchase: 2, price_below_minimum: 1 }])
    expect(ignored.newest).toContainEqual(
      expect.objectContaining({
        ...{ dealId: 300, why: 'price_below_minimum' },
        reason: { ru: expect.stringContaining('300'), en: expect.stringContaining('300') },
      }),
    )
  })

  it('is of the definition that is sent, not of the one in force, and calls amoCRM for nothing', async () => {
    const calls = api.mine.api.count()
    const { counted, ignored } = await sample({ purchasePipelines: [{ pipelineId: 10, statusIds: [100, 101, 102] }] })
    expect([ids(counted.newest), counted.newest[0].datedBy]).toEqual([[100], expect.stringMatching(/status|change/)])
    expect(ignored.byReason).toEqual({ status_not_purchase: 5 })
    expect((await sample({ purchasePipelines: [{ pipelineId: 20 }] })).ignored.byReason).toEqual({
      pipeline_not_counted: 6,
    })
    expect(api.mine.api.count()).toBe(calls)
  })

  it('names what is wrong with a definition', async () => {
    const answer = await post('/policy/purchases', { minPrice: -1 })
    expect([answer.statusCode, answer.json().errors]).toMatchObject([422, [{ path: 'minPrice' }]])
  })
})

describe('the check of a policy', () => {
  it('answers the whole policy and what it changes, in words', async () => {
    const { policy, changes } = (await post('/policy/check', { sleeping: { days: 60 } })).json()
    expect(policy).toMatchObject({ clientEntity: 'contact', sleeping: { mode: 'fixed', days: 60 } })
    expect(changes.ru).toContainEqual(expect.stringMatching(/90 → 60/))
    expect(changes.en).toHaveLength(changes.ru.length)
    expect((await post('/policy/check', { sleeping: 1 })).json()).toMatchObject({ policy: null, changes: null })
  })
})

it('keeps the newest few of many', () => {
  const newest = new Newest<{ at: number }>(3)
  for (let at = 0; at < 1_000; at++) newest.add({ at: (at * 7) % 1_000 })
  expect(newest.list().map(({ at }) => at)).toEqual([999, 998, 997])
})
