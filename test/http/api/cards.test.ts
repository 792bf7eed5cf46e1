import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, SALESPERSON } from './support/api-test.ts'
import { addClients, lookAt } from './support/small-clients.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  await addClients(api)
})
afterEach(() => api.close())

const panel = async (entity: string, id: number) =>
  (await api.app.inject({ url: api.path(`/cards/${entity}/${id}`), headers: api.as(SALESPERSON) })).json()

const recompute = (cards: unknown, who: Record<string, unknown> = ADMIN) =>
  api.app.inject({ method: 'POST', url: api.path('/cards/recompute'), headers: api.as(who), payload: { cards } })

const codes = (list: readonly { readonly code: string }[]) => list.map(({ code }) => code)

describe('the panel of a card', () => {
  it('of a contact tells his segments, why, what he bought and what comes next', async () => {
    const shown = await panel('contact', 3)
    expect(shown).toMatchObject({
      card: { entity: 'contact', id: 3 },
      client: { kind: 'contact', id: 3 },
      absence: null,
      remarks: [],
      purchases: { count: 2, text: { ru: expect.stringMatching(/^2\s+покупки на\s+3\s500/) } },
    })
    expect(shown.segments[0]).toMatchObject({
      dimension: 'lifecycle',
      segment: 'periodic',
      name: { ru: 'Периодический', en: 'Periodic' },
      why: {
        ru: expect.stringMatching(/^2\s+покупки, последняя /),
        en: expect.stringMatching(/^2\s+purchases, last /),
      },
      isLocked: false,
    })
    expect(shown.nextChange.text[0].ru).toMatch(/если не купит$/)
  })

  it('of a deal is that of its client, and says whose it is', async () => {
    const shown = await panel('lead', 301)
    expect(shown.client).toEqual({ kind: 'contact', id: 3 })
    expect(shown.segments.map(({ segment }: { segment: string }) => segment)).toContain('periodic')
    expect(codes(shown.remarks)).toEqual(['main_contact'])
  })

  it('says in words why there are no segments', async () => {
    const { world } = api.mine
    world.addLead(900)
    await lookAt(api.mine, [], [900])
    expect((await panel('lead', 900)).absence.code).toBe('nobody')
    expect((await panel('contact', 777)).absence).toEqual({
      code: 'not_read',
      text: { ru: expect.stringMatching(/ещё не прочитана/), en: expect.stringMatching(/not been read/) },
    })
    expect((await panel('lead', 778)).absence.code).toBe('not_read')
    expect((await panel('company', 12)).absence.code).toBe('company_is_no_client')
  })

  it('tells of a deal that was deleted', async () => {
    api.mine.world.addLead(901, { contacts: mainContact(1) })
    await lookAt(api.mine, [], [901])
    api.mine.world.leads.delete(901)
    await lookAt(api.mine, [], [901])
    expect((await panel('lead', 901)).absence.code).toBe('deal_deleted')
  })

  it('tells of a lock, and of work that is paused', async () => {
    const lock = { segment: 'regular', until: null }
    const url = api.path('/clients/contact/2/locks/lifecycle')
    await api.app.inject({ method: 'PUT', url, headers: api.as(ADMIN), payload: lock })
    await api.app.inject({ method: 'POST', url: api.path('/pause'), headers: api.as(ADMIN) })
    const shown = await panel('contact', 2)
    expect(shown.segments[0]).toMatchObject({ segment: 'regular', isLocked: true })
    expect(shown.segments[0].why.ru).toMatch(/^Закреплено вручную бессрочно/)
    expect(codes(shown.remarks)).toEqual(['paused_by_hand'])
  })

  it('says whether who asks may change anything', async () => {
    const asked = async (who: Record<string, unknown>) =>
      (await api.app.inject({ url: api.path('/cards/contact/3'), headers: api.as(who) })).json().mayChange
    expect([await asked(ADMIN), await asked(SALESPERSON)]).toEqual([true, false])
  })

  it('refuses what is no card', async () => {
    const answer = await api.app.inject({ url: api.path('/cards/task/1'), headers: api.as(SALESPERSON) })
    expect(answer.statusCode).toBe(400)
  })
})

describe('recomputing cards', () => {
  it('reads each once, and makes its client right', async () => {
    const { world } = api.mine
    world.addContact(8)
    world.addLead(800, { contacts: mainContact(8) })
    const cards = [
      { entity: 'contact', id: 8 },
      { entity: 'lead', id: 800 },
      { entity: 'contact', id: 8 },
    ]
    const answer = await recompute(cards)
    expect([answer.statusCode, answer.json()]).toEqual([202, { queued: 2 }])
    const worker = api.mine.openWorker()
    await api.mine.idle()
    await worker.close()
    expect((await panel('lead', 800)).segments[0]).toMatchObject({ segment: 'new' })
  })

  it('is for administrators, and for 250 at most', async () => {
    expect((await recompute([{ entity: 'lead', id: 1 }], SALESPERSON)).json().code).toBe('admin_only')
    const many = Array.from({ length: 251 }, (_, index) => ({ entity: 'lead', id: index + 1 }))
    expect((await recompute(many)).statusCode).toBe(400)
    expect((await recompute([])).statusCode).toBe(400)
  })
})
