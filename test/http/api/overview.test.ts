import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, mainContact } from '../../support/test-context.ts'
import { type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(() => api.close())

const get = async (tail: string) => (await api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })).json()

describe('the active base', () => {
  it('is those who bought in the period among all, by manager', async () => {
    expect(await get('/active-base?days=30')).toEqual({
      ...{ days: 30, clients: 5, active: 2, ltv: 8_500 },
      managers: [
        { userId: 1, clients: 3, active: 1, ltv: 3_500 },
        { userId: 2, clients: 2, active: 1, ltv: 5_000 },
      ],
    })
    expect(await get('/active-base?days=365')).toMatchObject({ active: 3, ltv: 17_500 })
  })

  it('leaves out who bought exactly so long ago', async () => {
    expect(await get('/active-base?days=10')).toMatchObject({ active: 0 })
    expect(await get('/active-base?days=11')).toMatchObject({ active: 1 })
  })

  it('follows a purchase, a hand-over and a merge at once', async () => {
    const { world } = api.mine
    await get('/active-base')
    world.win(100, 700)
    world.changeContact(4, { responsibleUserId: 1 })
    await lookAt(api.mine, [4], [100])
    const { active, managers } = await get('/active-base')
    expect([active, managers.map(({ clients }: { clients: number }) => clients)]).toEqual([3, [4, 1]])
    world.changeLead(200, { price: 6_000 })
    await lookAt(api.mine, [], [200])
    expect((await get('/active-base')).managers[0]).toMatchObject({ active: 2 })
    expect((await get('/clients?sort=ltv&order=desc&limit=2')).clients[1]).toMatchObject({ ltv: 6_000 })
    world.mergeContacts(5, 4)
    await lookAt(api.mine, [5, 4], [500])
    expect((await get('/active-base')).clients).toBe(4)
  })

  it('is of 90 days when nothing is said, and refuses a strange period', async () => {
    expect(await get('/active-base')).toMatchObject({ days: 90, active: 2 })
    for (const days of ['0', '-1', '3651', 'x']) {
      expect(await get(`/active-base?days=${days}`)).toMatchObject({ code: 'invalid_request' })
    }
  })
})

describe('those about to fall asleep', () => {
  it('are told with what they bought for and what one more purchase of each would bring', async () => {
    const { world } = api.mine
    const won = (id: number, owner: number, daysAgo: number, price: number) => {
      const closedAt = world.now - daysAgo * DAY
      world.addLead(id, { contacts: mainContact(owner), statusId: 142, closedAt, createdAt: closedAt, price })
    }
    for (const id of [6, 7]) world.addContact(id)
    won(600, 6, 85, 1_000)
    won(601, 6, 120, 3_000)
    won(700, 7, 65, 500)
    await lookAt(api.mine, [6, 7], [600, 601, 700])
    const { within, byDay } = await get('/sleepers')
    expect(within).toEqual([
      { days: 7, clients: 1, ltv: 4_000, nextPurchases: 2_000 },
      { days: 30, clients: 2, ltv: 4_500, nextPurchases: 2_500 },
    ])
    expect(byDay.length).toBe(30)
    expect(byDay.filter(({ clients }: { clients: number }) => clients > 0)).toEqual([
      { day: expect.any(String), clients: 1, ltv: 4_000, nextPurchases: 2_000 },
      { day: expect.any(String), clients: 1, ltv: 500, nextPurchases: 500 },
    ])
    const soon = await get('/clients?sleepsWithinDays=30&sort=sleeps_at')
    expect(soon.clients.map(({ client }: { client: { id: number } }) => client.id)).toEqual([6, 7])
  })

  it('are not those who sleep, nor those who are locked', async () => {
    expect((await get('/sleepers')).within).toMatchObject([{ clients: 0 }, { clients: 0 }])
  })
})
