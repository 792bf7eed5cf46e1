import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
  const { world } = api.mine
  world.addContact(6, { responsibleUserId: 2 })
  world.addLead(600, { contacts: mainContact(6), responsibleUserId: 2, sourceId: 77, updatedAt: world.now - 30 * DAY })
  await addClients(api)
  await lookAt(api.mine, [6])
})
afterAll(() => api.close())

const get = async (tail: string, who = SALESPERSON) => api.app.inject({ url: api.path(tail), headers: api.as(who) })

describe('the movement of an account', () => {
  it('tells its revenue by the segment that bought, month by month', async () => {
    const period = 'from=2026-02-01T00:00:00Z&to=2026-09-02T00:00:00Z'
    const { steps, asOf } = (await get(`/revenue?${period}`)).json()
    expect(asOf).toMatch(/^2026-09-01T12:00:00/)
    expect(steps.map(({ day }: { day: string }) => day)).toContain('2026-02-01')
    const august = steps.find(({ day }: { day: string }) => day === '2026-08-01')
    // 7,500 = 5,000 of a first purchase and 2,500 of a second one within a month.
    expect(august.segments).toEqual({
      new: { purchases: 1, amount: 5_000 },
      one_time: { purchases: 1, amount: 2_500 },
    })
    const now = (await get(`/revenue?${period}&of=now&step=week`)).json()
    expect(now.steps.flatMap(({ segments }: { segments: object }) => Object.keys(segments))).toContain('sleeping')
  })

  it('tells what each source came to, and why deals were lost', async () => {
    const { sources, losses, total, known } = (await get('/sources')).json()
    expect(sources).toEqual([
      expect.objectContaining({ source: 'none', won: 2, lost: 1, revenue: 7_500, purchases: 2 }),
      expect.objectContaining({ source: 'id:77', created: 1, conversion: null }),
    ])
    expect(total.conversion).toBeCloseTo(2 / 3)
    expect(losses).toEqual([{ id: 2, name: 'Дорого', deals: 1 }])
    expect(known).toEqual(['id:77', 'none'])
    expect((await get('/sources?source=id%3A77')).json().sources).toHaveLength(1)
  })

  it('tells the funnel, and who is stuck in it', async () => {
    const { pipelines, stuck, total } = (await get('/funnel')).json()
    const stage = pipelines[0].stages.find(({ id }: { id: number }) => id === 101)
    expect(stage).toMatchObject({ open: { deals: 2 }, stuck: { deals: 1 }, stuckAfter: { days: 14, basis: 'default' } })
    expect(stuck).toEqual([
      expect.objectContaining({ id: 600, since: '2026-08-02T12:00:00.000Z', responsibleUserId: 2, source: 'id:77' }),
    ])
    expect(total.stuck).toEqual({ deals: 1, sum: 1_000 })
    expect((await get('/funnel?stuckDays=31&responsibleUserId=2')).json().total.stuck.deals).toBe(0)
  })

  it.each([
    '/revenue?from=2026-09-02T00:00:00Z&to=2026-09-01T00:00:00Z',
    '/revenue?from=2025-01-01T00:00:00Z&to=2026-09-01T00:00:00Z&step=day',
    '/sources?from=2000-01-01T00:00:00Z',
  ])('refuses the period of %s', async (tail) => {
    const answer = await get(tail, ADMIN)
    expect(answer.statusCode).toBe(422)
    expect(answer.json().code).toBe('period_malformed')
  })

  it.each([
    '/revenue?step=year',
    '/revenue?of=all',
    '/funnel?stuckDays=0',
    '/funnel?limit=501',
    '/funnel?pipelineId=x',
  ])('refuses %s as malformed', async (tail) => {
    expect((await get(tail)).statusCode).toBe(400)
  })
})
