import { describe, expect, it } from 'vitest'
import { openSandbox } from './support/open-sandbox.ts'

const START = 1_790_000_000

async function withPair() {
  let now = START
  const opened = await openSandbox({ now: () => now * 1000 })
  const { world } = opened.sandbox
  const { actions } = world
  const winner = actions.createContact({ name: 'Анна', tags: ['VIP'] })
  const loser = actions.createContact({ name: 'Анна Б.', phone: '+7900', tags: ['Опт'] })
  const pass = (seconds: number) => {
    now += seconds
  }
  return { ...opened, world, actions, winner, loser, pass, now: () => now }
}

describe('a merge', () => {
  it('gives the winner the loser’s deals, tags and missing fields', async () => {
    const { world, actions, winner, loser, pass, now } = await withPair()
    const main = actions.createDeal({ contactId: loser })
    const shared = actions.createDeal({ contactIds: [loser, winner] })
    const before = world.leads.get(main)?.updatedAt
    pass(10)
    actions.mergeContacts({ winnerId: winner, loserId: loser })
    expect(world.contacts.get(loser)).toBeUndefined()
    expect(world.leads.get(main)).toMatchObject({ contactIds: [winner], mainContactId: winner, updatedAt: before })
    expect(world.leads.get(shared)).toMatchObject({ contactIds: [winner], mainContactId: winner })
    const merged = world.contacts.get(winner)
    expect(merged).toMatchObject({ updatedAt: now(), leadIds: expect.arrayContaining([main, shared]) })
    expect(merged?.leadIds).toHaveLength(2)
    expect(merged?.tagIds.map((id) => world.tags.contacts.byId(id)?.name)).toEqual(['VIP', 'Опт'])
    expect(merged?.fields).toHaveLength(1)
    expect(world.events.at(-1)?.type).toBe('entity_merged')
  })

  it.each([
    ['update_first', ['update', 'delete']],
    ['delete_first', ['delete', 'update']],
  ] as const)('tells of it in the order %s', async (order, expected) => {
    const { world, actions, winner, loser } = await withPair()
    const told: string[] = []
    world.announce = ({ action }) => told.push(action)
    actions.mergeContacts({ winnerId: winner, loserId: loser, order })
    expect(told).toEqual(expected)
  })
})

describe('a link', () => {
  it('moves both sides, in the indexes too', async () => {
    const { world, actions, winner, loser, pass, now } = await withPair()
    const dealId = actions.createDeal({ contactId: winner })
    const other = actions.createDeal()
    pass(10)
    actions.linkContact({ dealId, contactId: loser, main: true })
    expect(world.leads.get(dealId)).toMatchObject({ mainContactId: loser, updatedAt: now() })
    expect(world.contacts.get(loser)).toMatchObject({ leadIds: [dealId], updatedAt: now() })
    expect(world.leads.order('updated_at').items.map(({ id }) => id)).toEqual([other, dealId])
    actions.unlinkContact({ dealId, contactId: loser })
    expect(world.leads.get(dealId)).toMatchObject({ mainContactId: winner, contactIds: [winner] })
  })

  it('of a deleted contact is hidden, and back with the contact', async () => {
    const { api, actions, winner, loser } = await withPair()
    const dealId = actions.createDeal({ contactIds: [winner, loser] })
    const shown = async () => (await api('GET', `/v4/leads/${dealId}?with=contacts`)).json._embedded
    actions.remove({ entityType: 'contacts', id: winner })
    expect(await shown()).toMatchObject({ contacts: [{ id: loser, is_main: true }] })
    actions.restore({ entityType: 'contacts', id: winner })
    expect(await shown()).toMatchObject({
      contacts: [
        { id: winner, is_main: true },
        { id: loser, is_main: false },
      ],
    })
  })
})

describe('an act', () => {
  it('loses a deal with a reason and reopens it', async () => {
    const { world, actions, now } = await withPair()
    const dealId = actions.createDeal()
    const [, reason] = world.lossReasons
    actions.loseDeal({ dealId, ...(reason === undefined ? {} : { lossReasonId: reason.id }) })
    expect(world.leads.get(dealId)).toMatchObject({ statusId: 143, lossReasonId: reason?.id, closedAt: now() })
    actions.reopenDeal({ dealId })
    expect(world.leads.get(dealId)).toMatchObject({ closedAt: null, lossReasonId: null })
  })

  it('makes deals of the past', async () => {
    const { world, actions } = await withPair()
    const dealId = actions.createDeal({
      statusId: 142,
      price: 5,
      closedAt: START - 100,
      createdAt: START - 200,
      updatedAt: START - 100,
    })
    expect(world.leads.get(dealId)).toMatchObject({
      closedAt: START - 100,
      createdAt: START - 200,
      updatedAt: START - 100,
    })
  })

  it('names the card that is missing', async () => {
    const { actions } = await withPair()
    expect(() => actions.winDeal({ dealId: 77 })).toThrow('77')
    expect(() => actions.restore({ entityType: 'leads', id: 77 })).toThrow('77')
  })
})

describe('the addresses for trying by hand', () => {
  const post = (url: string, body: unknown) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

  it('let people act', async () => {
    const { sandbox, world } = await withPair()
    const made = await post(`${sandbox.url}/_sandbox/actions/createDeal`, { price: 7 })
    const { result } = (await made.json()) as { result: number }
    expect(world.leads.get(result)?.price).toBe(7)
    expect((await post(`${sandbox.url}/_sandbox/actions/winDeal`, { dealId: 1 })).status).toBe(400)
    expect((await post(`${sandbox.url}/_sandbox/actions/paint`, {})).status).toBe(404)
  })

  it('show statistics and the world, without counting themselves', async () => {
    const { sandbox, api } = await withPair()
    await api('GET', '/v4/leads/17')
    const stats = await (await fetch(`${sandbox.url}/_sandbox/stats`)).json()
    expect(stats).toMatchObject({ requests: 1, counts: { 'GET /api/v4/leads/:id': 1 }, maxInAnySlidingSecond: 1 })
    const world = await (await fetch(`${sandbox.url}/_sandbox/world`)).json()
    expect(world).toMatchObject({ contacts: 2, leads: 0, account: { id: sandbox.world.account.id } })
  })
})
