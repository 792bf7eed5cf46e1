import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, OPS, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(async () => {
  await api.close()
})

const get = (tail: string) => api.app.inject({ url: api.path(tail), headers: api.as(SALESPERSON) })
const client = async (id: number) => (await get(`/clients/contact/${id}`)).json()
const answer = (view: { verdict: { answers: { dimension: string }[] } }, dimension: string) =>
  view.verdict.answers.find((one) => one.dimension === dimension)
const ids = (answered: { clients: { client: { id: number } }[] }) => answered.clients.map((row) => row.client.id)

describe('a client', () => {
  it('is shown with his segments and why, in both languages', async () => {
    const view = await client(3)
    expect(view).toMatchObject({ client: { kind: 'contact', id: 3 }, responsibleUserId: 1, isFrozen: false })
    expect(answer(view, 'lifecycle')).toMatchObject({
      segment: 'periodic',
      reason: { ru: expect.stringMatching(/^Периодический: /), en: expect.stringMatching(/^Periodic: /) },
      until: new Date((api.mine.world.now + 70 * DAY) * 1000).toISOString(),
    })
    expect(view.verdict.value).toMatchObject({ ltv: 3_500, averageCheck: 1_750 })
  })

  it('is shown with his purchases on a line of time, and the deals that are none', async () => {
    const view = await client(3)
    const at = (daysAgo: number) => new Date((api.mine.world.now - daysAgo * DAY) * 1000).toISOString()
    expect(view.purchases).toEqual([
      { at: at(40), amount: 1_000, dealIds: [300] },
      { at: at(20), amount: 2_500, dealIds: [301] },
    ])
    expect((await client(5)).ignored).toEqual([
      { dealId: 500, why: 'status_not_purchase', reason: { ru: expect.any(String), en: expect.any(String) } },
    ])
  })

  it('is shown with the silence after which he sleeps', async () => {
    const at = new Date((api.mine.world.now + 70 * DAY) * 1000).toISOString()
    expect((await client(3)).sleep).toEqual({ at, thresholdDays: 90, from: 'fixed' })
    expect((await client(1)).sleep).toBeNull()
  })

  it('is shown with what comes next by itself', async () => {
    const { nextChange } = (await client(2)).verdict
    expect(nextChange.at).toBe(new Date((api.mine.world.now + 80 * DAY) * 1000).toISOString())
    expect(nextChange.text[0]).toEqual({ ru: expect.stringMatching(/если не купит/), en: expect.any(String) })
  })

  it('is shown with his past, newest first', async () => {
    expect((await client(1)).history).toEqual([])
    api.mine.world.win(100)
    await lookAt(api.mine, [], [100])
    const { history } = await client(1)
    expect(history[0].moves).toContainEqual({ dimension: 'lifecycle', from: 'new', to: 'one_time' })
  })

  it('bears the stop tag, is not read yet, or is not known', async () => {
    api.mine.world.changeContact(2, { tags: ['стоп-сегмент'] })
    await lookAt(api.mine, [2])
    expect(await client(2)).toMatchObject({ isFrozen: true })
    expect((await get('/clients/contact/77')).json().code).toBe('client_unknown')
    expect((await get('/clients/lead/1')).statusCode).toBe(400)
  })
})

describe('the list of clients', () => {
  it('holds those of a segment, and all without one', async () => {
    expect(ids((await get('/clients?dimension=lifecycle&segment=new')).json())).toEqual([1, 5])
    const all = (await get('/clients')).json()
    expect([ids(all), all.total, all.next]).toEqual([[1, 2, 3, 4, 5], 5, null])
    expect(all.clients[2]).toEqual({
      ...{
        client: { kind: 'contact', id: 3 },
        name: 'Contact 3',
        lifecycle: 'periodic',
        temperature: 'hot',
        standing: null,
        tier: null,
      },
      ...{ rules: [], ltv: 3_500, purchases: 2, lastPurchaseAt: expect.any(String), nextChangeAt: expect.any(String) },
      responsibleUserId: 1,
    })
  })

  it.each([
    ['sort=ltv&order=desc', [4, 2, 3, 5, 1]],
    ['sort=last_purchase&order=desc', [2, 3, 4, 5, 1]],
    ['sort=next_change', [3, 2, 1, 4, 5]],
    ['sort=id&order=desc', [5, 4, 3, 2, 1]],
    ['responsibleUserId=2', [2, 4]],
    ['responsibleUserId=1&sort=ltv&order=desc', [3, 5, 1]],
  ])('can be ordered and chosen from: %s', async (query, expected) => {
    expect(ids((await get(`/clients?${query}`)).json())).toEqual(expected)
  })

  it('is searched by the words of a name, or by an id', async () => {
    api.mine.world.changeContact(2, { name: 'Пётр Алёхин' })
    api.mine.world.changeContact(4, { name: 'Алехина Анна' })
    await lookAt(api.mine, [2, 4])
    const found = async (search: string) => ids((await get(`/clients?search=${encodeURIComponent(search)}`)).json())
    expect(await found('алехин')).toEqual([2, 4])
    expect(await found('АЛЁХИН  пет')).toEqual([2])
    expect(await found('4')).toEqual([4])
    expect(await found('никто')).toEqual([])
    expect((await get('/clients?search=анна&sort=ltv&responsibleUserId=2')).json().clients[0]).toMatchObject({
      name: 'Алехина Анна',
    })
    expect(await client(2)).toMatchObject({ name: 'Пётр Алёхин' })
  })

  it('is turned over page by page, each client once, however they change meanwhile', async () => {
    const first = (await get('/clients?sort=ltv&limit=2')).json()
    api.mine.world.addContact(6)
    await lookAt(api.mine, [6])
    const second = (await get(`/clients?limit=2&cursor=${first.next}`)).json()
    const third = (await get(`/clients?limit=2&cursor=${second.next}`)).json()
    expect([...ids(first), ...ids(second), ...ids(third)]).toEqual([1, 5, 3, 2, 4])
    expect(third.next).toBeNull()
  })

  it.each([
    ['dimension=lifecycle', 400, 'invalid_request'],
    ['dimension=lifecycle&segment=rich', 422, 'segment_unknown'],
    ['dimension=rule:none&segment=match', 422, 'segment_unknown'],
    ['sort=name', 400, 'invalid_request'],
    ['limit=101', 400, 'invalid_request'],
    ['cursor=nonsense', 400, 'invalid_request'],
    ['cursor=AAAAAAAAAAAA.50.a', 410, 'list_over'],
    ['responsibleUserId=x', 400, 'invalid_request'],
  ])('is refused for %s', async (query, status, code) => {
    const refused = await get(`/clients?${query}`)
    expect([refused.statusCode, refused.json().code]).toEqual([status, code])
  })
})

describe('a segment set by hand', () => {
  const lock = (id: number, body: object, headers = api.as(ADMIN), dimension = 'lifecycle') =>
    api.app.inject({
      method: 'PUT',
      url: api.path(`/clients/contact/${id}/locks/${dimension}`),
      headers,
      payload: body,
    })
  const unlock = (id: number, headers: Record<string, string> = api.as(ADMIN)) =>
    api.app.inject({ method: 'DELETE', url: api.path(`/clients/contact/${id}/locks/lifecycle`), headers })
  const settle = () => lookAt(api.mine, [])

  it('stands with its author until it is taken away', async () => {
    expect((await lock(2, { segment: 'regular' })).json()).toEqual({
      ...{ dimension: 'lifecycle', segment: 'regular', author: 'Anna #1', until: null },
    })
    await settle()
    expect(api.mine.world.tags('contacts', 2)).toContain('Постоянный')
    const view = await client(2)
    expect(view.locks).toMatchObject([{ segment: 'regular', author: 'Anna #1', until: null }])
    expect(answer(view, 'lifecycle')).toMatchObject({
      segment: 'regular',
      reason: { ru: expect.stringMatching(/Anna/) },
    })
    expect((await unlock(2)).statusCode).toBe(204)
    await settle()
    expect(api.mine.world.tags('contacts', 2)).toContain('Разовый')
    expect((await client(2)).locks).toEqual([])
  })

  it('ends by itself, and takes the place of an earlier one', async () => {
    await lock(2, { segment: 'regular' })
    const until = new Date((api.mine.world.now + DAY) * 1000).toISOString()
    await lock(2, { segment: 'sleeping', until }, OPS)
    expect((await client(2)).locks).toEqual([{ dimension: 'lifecycle', segment: 'sleeping', author: 'ops', until }])
    api.mine.forward(DAY)
    expect(answer(await client(2), 'lifecycle')).toMatchObject({ segment: 'one_time' })
  })

  it.each<[string, number, object, string, number, string]>([
    ['a segment that is none', 2, { segment: 'rich' }, 'lifecycle', 422, 'segment_unknown'],
    ['a tier the policy does not have', 2, { segment: 'VIP' }, 'value', 422, 'segment_unknown'],
    ['a dimension that is none', 2, { segment: 'new' }, 'mood', 400, 'invalid_request'],
    ['an end in the past', 2, { segment: 'new', until: '2020-01-01T00:00:00Z' }, 'lifecycle', 422, 'until_past'],
    ['an end that is no instant', 2, { segment: 'new', until: 'soon' }, 'lifecycle', 400, 'invalid_request'],
    ['an author of one’s own', 2, { segment: 'new', author: 'Boss' }, 'lifecycle', 400, 'invalid_request'],
    ['a client nobody knows', 77, { segment: 'new' }, 'lifecycle', 404, 'client_unknown'],
  ])('is refused for %s', async (_, id, body, dimension, status, code) => {
    const refused = await lock(id, body, OPS as never, dimension)
    expect([refused.statusCode, refused.json().code]).toEqual([status, code])
    expect((await client(2)).locks).toEqual([])
  })

  it('is for administrators', async () => {
    expect((await lock(2, { segment: 'new' }, api.as(SALESPERSON))).json().code).toBe('admin_only')
    expect((await unlock(2, api.as(SALESPERSON))).json().code).toBe('admin_only')
    expect((await unlock(77)).json().code).toBe('client_unknown')
  })
})

describe('having a client looked at', () => {
  it('reads him again and makes him right', async () => {
    const closedAt = api.mine.world.now - DAY
    const deal = { contacts: mainContact(1), statusId: 142, closedAt, createdAt: closedAt, price: 700 }
    api.mine.world.addLead(101, deal)
    const url = api.path('/clients/contact/1/recompute')
    const asked = await api.app.inject({ method: 'POST', url, headers: api.as(ADMIN) })
    expect([asked.statusCode, asked.json()]).toEqual([202, { queued: true }])
    await lookAt(api.mine, [])
    expect(answer(await client(1), 'lifecycle')).toMatchObject({ segment: 'one_time' })
  })
})
