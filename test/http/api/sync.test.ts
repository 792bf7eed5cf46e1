import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SlotCounter } from '../../../src/amocrm/slot-counter.ts'
import { lookJob, reconcileJob } from '../../../src/sync/job-catalog.ts'
import { NotingIntake } from '../../../src/sync/noting-intake.ts'
import { setWatermark } from '../../../src/sync/sweep-watermark.ts'
import { WriteBreaker } from '../../../src/sync/write-breaker.ts'
import { contact } from '../../support/test-context.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(() => api.close())

const health = async () => (await api.app.inject({ url: api.path('/sync'), headers: api.as(SALESPERSON) })).json()

describe('the work of an account', () => {
  it('at rest has nothing to do', async () => {
    expect(await health()).toMatchObject({
      account: { status: 'active', clients: 5 },
      due: { clients: 0, lagSeconds: 0 },
      queue: { active: 0, waiting: 0, prioritized: 0, delayed: 0, failed: 0 },
      ...{ intents: 0, lastHookAt: null, sweptUntil: null },
      limiter: { used: 0, perSecond: 7, restsMs: 0, isClosed: false },
    })
  })

  it('shows what waits and how late it is', async () => {
    const { queues, context, clock } = api.mine
    await queues.add(context.id, [lookJob({ entity: 'lead', id: 1, incoming: false }), reconcileJob(contact(1), 'due')])
    await context.mirror.update(
      context.id,
      contact(2),
      (doc) => doc && { ...doc, dueAt: Math.floor(clock.now / 1000) - 42 },
    )
    expect(await health()).toMatchObject({
      due: { clients: 1, lagSeconds: 42 },
      queue: { waiting: 1, prioritized: 1 },
    })
  })

  it('shows the cards that something else keeps changing back, until they are written to again', async () => {
    const { context, clock, keys } = api.mine
    const now = Math.floor(clock.now / 1000)
    const breaker = new WriteBreaker(api.test.redis, keys)
    const write = { type: 'leads' as const, patch: { id: 100 }, movedFrom: null, fieldsBefore: {} }
    for (let time = 0; time < 31; time++) await breaker.check(context.id, [write], now)
    const { setAside } = await health()
    expect(setAside).toEqual({ count: 1, first: [{ entity: 'leads', entityId: 100, until: expect.any(String) }] })
    expect(Date.parse(setAside.first[0].until)).toBeGreaterThan(clock.now + 3_500_000)
    clock.now += 3_601_000
    expect((await health()).setAside).toEqual({ count: 0, first: [] })
  })

  it('shows the last webhook and the last sweep', async () => {
    const { context, clock } = api.mine
    const taken: number[] = []
    const intake = new NotingIntake(
      { accept: async (accountId) => void taken.push(accountId) },
      () => context.notes,
      () => clock.now,
    )
    const noted = new Date(clock.now).toISOString()
    await intake.accept(context.id, [])
    clock.now += 9_000
    await intake.accept(context.id, [])
    await setWatermark(context, 1_000)
    expect(await health()).toMatchObject({ lastHookAt: noted, sweptUntil: '1970-01-01T00:16:40.000Z' })
    expect(taken).toEqual([context.id, context.id])
  })

  it('shows how the requests to amoCRM stand', async () => {
    const key = api.mine.keys.of(api.mine.context.id, 'slots')
    const counter = new SlotCounter(api.test.redis, { key, perSecond: 7 }, 60_000)
    await counter.take('one', 0, false)
    await counter.take('two', 0, false)
    expect((await health()).limiter).toMatchObject({ used: 2, perSecond: 7, restsMs: 0 })
    await counter.slowDown(30_000)
    const { limiter } = await health()
    expect(limiter.perSecond).toBeLessThan(7)
    expect(limiter.restsMs).toBeGreaterThan(20_000)
    await counter.close({ firstMs: 90_000, longestMs: 90_000 })
    expect((await health()).limiter).toMatchObject({ isClosed: true })
  })
})
