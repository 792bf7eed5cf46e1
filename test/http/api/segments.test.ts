import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../../src/segmentation/policy.ts'
import { noteSegmentDay } from '../../../src/sync/segment-day.ts'
import { DAY } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(() => api.close())

const get = async (tail: string) => (await api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })).json()
const RULES: PolicyInput = {
  rules: [
    {
      ...{ id: 'dear', label: { ru: 'Дорогие', en: 'Dear' }, target: 'deal' },
      when: { fact: 'price', op: 'gte', value: 5_000 },
    },
    { id: 'big', label: 'Крупный', target: 'client', when: { fact: 'ltv', op: 'gte', value: 9_000 } },
  ],
  value: { tiers: [{ label: 'VIP', from: 9_000 }] },
}
const applyRules = async () => {
  const payload = { policy: RULES, base: 0 }
  await api.app.inject({ method: 'PUT', url: api.path('/policy'), headers: api.as(ADMIN), payload })
  api.mine.contexts.dropAll()
  await lookAt(api.mine, [])
}

describe('the segments of an account', () => {
  it('are counted, each with its name', async () => {
    await applyRules()
    const { segments } = await get('/segments')
    const of = (dimension: string, segment: string) =>
      segments.find((one: Record<string, unknown>) => one.dimension === dimension && one.segment === segment)
    expect(of('lifecycle', 'new')).toMatchObject({ clients: 2, name: { ru: 'Новый', en: 'New' } })
    expect(of('lifecycle', 'regular')).toMatchObject({ clients: 0 })
    expect(of('standing', 'in_work')).toMatchObject({ clients: 1 })
    expect(of('tier', 'VIP')).toMatchObject({ clients: 1, name: { ru: 'VIP', en: 'VIP' } })
    expect(of('rule:dear', 'match')).toMatchObject({ clients: 2, name: { ru: 'Дорогие', en: 'Dear' } })
  })

  it('are told by day: the past as it was noted, today as it is', async () => {
    await noteSegmentDay(api.mine.context)
    api.mine.forward(DAY)
    api.mine.world.win(100)
    await lookAt(api.mine, [], [100])
    const { days } = await get('/segments/days?days=7')
    expect(days.map(({ day }: { day: string }) => day)).toEqual(['2026-09-01', '2026-09-02'])
    expect(days.map(({ counts }: { counts: Record<string, number> }) => counts['lifecycle:new'])).toEqual([2, 1])
  })

  it('are told by the moves between them, by period and by who was responsible', async () => {
    api.mine.forward(DAY)
    api.mine.world.win(100)
    await lookAt(api.mine, [], [100])
    const moves = async (query = '') => (await get(`/segments/moves?dimension=lifecycle${query}`)).moves
    const won = { from: 'new', to: 'one_time', count: 1, ltv: 1_000 }
    const since = '&from=2026-09-02T00:00:00Z'
    expect(await moves(since)).toEqual([won])
    expect(await moves()).toEqual(expect.arrayContaining([{ from: null, to: 'new', count: 2, ltv: 0 }, won]))
    expect(await moves(`${since}&responsibleUserId=1`)).toEqual([won])
    expect(await moves(`${since}&responsibleUserId=2`)).toEqual([])
    expect(await moves(`${since}&pipelineId=10&source=none`)).toEqual([won])
    expect(await moves(`${since}&pipelineId=20`)).toEqual([])
    expect(await moves(`${since}&source=utm%3Avk`)).toEqual([])
    expect(await moves('&from=2026-08-01T00:00:00Z&to=2026-09-01T00:00:00Z')).toEqual([])
    expect(await get('/segments/moves?dimension=lifecycle')).toMatchObject({ isWhole: true })
  })

  it.each([
    ['/segments/moves', 'invalid_request'],
    ['/segments/moves?dimension=mood', 'segment_unknown'],
    ['/segments/moves?dimension=lifecycle&from=2026-09-02T00:00:00Z&to=2026-09-01T00:00:00Z', 'period_malformed'],
    ['/segments/moves?dimension=lifecycle&from=2000-09-02T00:00:00Z', 'period_malformed'],
    ['/segments/days?days=0', 'invalid_request'],
    ['/segments/days?days=367', 'invalid_request'],
    ['/rules/none/matches', 'rule_unknown'],
  ])('are refused for %s', async (tail, code) => {
    expect((await get(tail)).code).toBe(code)
  })
})

describe('a rule', () => {
  it('lists the deals and clients for whom it holds, page by page', async () => {
    await applyRules()
    const first = await get('/rules/dear/matches?limit=1')
    expect(first).toMatchObject({ clients: 2, matches: [{ client: { kind: 'contact', id: 2 }, dealId: 200 }] })
    expect(first.matches[0]).toMatchObject({
      name: 'Contact 2',
      deal: { pipelineId: 10, statusId: 142, price: 5_000, responsibleUserId: 1 },
    })
    const second = await get(`/rules/dear/matches?limit=1&cursor=${first.next}`)
    expect(second).toMatchObject({ matches: [{ client: { id: 4 }, dealId: 400 }], next: null })
    expect((await get('/rules/big/matches')).matches).toEqual([
      { client: { kind: 'contact', id: 4 }, name: 'Contact 4', dealId: null, deal: null },
    ])
  })
})
