import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { sweep } from '../../src/sync/sweep.ts'
import { readWatermark, setWatermark } from '../../src/sync/sweep-watermark.ts'
import { company, contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  account = testAccount(test.redis, test.root)
  account.api.pageSize = 2
})
afterAll(() => test.close())

const run = async (signal = new AbortController().signal) => {
  const touched = await sweep(account.context, signal)
  return touched.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.id - b.id)
}
const mark = () => readWatermark(account.context)
const lookAt = (entity: 'lead' | 'contact', id: number) => look(account.context, { entity, id, incoming: false })

/** Three contacts with a deal each, known, and nothing changed for an hour. */
const known = async () => {
  for (const id of [1, 2, 3]) {
    account.world.addContact(id)
    account.world.addLead(10 + id, { contacts: mainContact(id) })
    await lookAt('contact', id)
  }
  account.forward(3600)
  await run()
  account.forward(3600)
  await run()
}

describe('a sweep', () => {
  it('begins to watch when nothing was ever read', async () => {
    account.world.addContact(1)
    expect(await run()).toEqual([])
    expect(await mark()).toBe(account.world.now)
    expect(account.api.count()).toBe(0)
  })

  it('finds nobody when nothing changed, in one request per list', async () => {
    await known()
    const before = account.api.count()
    expect(await run()).toEqual([])
    expect(account.api.count() - before).toBe(10)
  })

  it('finds who wrote or called, himself or about a deal, and reads no further back than the last sweep', async () => {
    await known()
    const old = account.world.now - 3600
    account.forward(1000)
    const at = account.world.now - 10
    account.world.communications = [
      { entityType: 'leads', entityId: 11, at },
      { entityType: 'leads', entityId: 12, at: old },
      { entityType: 'leads', entityId: 99, at: old },
      { entityType: 'contacts', entityId: 3, at },
      { entityType: 'contacts', entityId: 3, at: at - 5 },
      { entityType: 'contacts', entityId: 2, at: old },
    ]
    const before = account.api.count('communications')
    expect(await run()).toEqual([contact(1), contact(3)])
    // Two pages of notes on contacts, of which the second is older; one of those on deals; one of events.
    expect(account.api.count('communications') - before).toBe(4)
    expect((await account.doc(contact(1))).incomingAt).toBe(at)
    expect((await account.doc(contact(2))).incomingAt).toBeNull()
    expect((await account.doc(contact(3))).incomingAt).toBe(at - 5)
    expect(await run()).toEqual([])
  })

  it('finds what no hook told: changed deals and cards, new ones, and deals that moved', async () => {
    await known()
    account.forward(1000)
    account.world.win(11)
    account.world.changeContact(2, { hasPhone: false })
    account.world.addContact(4)
    account.world.addCompany(5)
    account.world.addLead(15, { companyId: 5 })
    account.world.changeLead(13, { contacts: mainContact(4) })
    expect(await run()).toEqual([company(5), contact(1), contact(2), contact(3), contact(4)])
    expect((await account.doc(contact(1))).deals).toMatchObject([{ statusId: 142 }])
    expect((await account.doc(contact(3))).deals).toEqual([])
    expect((await account.doc(contact(4))).deals).toMatchObject([{ id: 13 }])
    const due = await account.context.mirror.due(account.context.id, account.world.now, 100)
    expect(due).toHaveLength(5)
  })

  it('drops deals that were deleted, and takes up restored ones', async () => {
    await known()
    account.world.changeLead(11, { deleted: true })
    expect(await run()).toEqual([contact(1)])
    expect((await account.doc(contact(1))).deals).toEqual([])
    account.forward(1000)
    account.world.changeLead(11, { deleted: false })
    expect(await run()).toEqual([contact(1)])
    expect((await account.doc(contact(1))).deals).toMatchObject([{ id: 11 }])
  })

  it('finds the owner of a deal that a crash left between two clients', async () => {
    await known()
    const { mirror } = account.context
    const update = mirror.update.bind(mirror)
    account.world.changeLead(11, { contacts: mainContact(2) })
    mirror.update = (id, ref, ...rest) => (ref.id === 2 ? Promise.reject(new Error('crash')) : update(id, ref, ...rest))
    await expect(lookAt('lead', 11)).rejects.toThrow('crash')
    mirror.update = update
    expect((await account.doc(contact(1))).deals).toEqual([])
    account.forward(100_000)
    await setWatermark(account.context, account.world.now)
    expect(await run()).toEqual([contact(2)])
    expect((await account.doc(contact(2))).deals.map(({ id }) => id).toSorted()).toEqual([11, 12])
    expect(await mirror.loose(account.context.id)).toEqual([])
  })

  it('finds the deals that a merge gave to another contact, which the deals do not tell', async () => {
    await known()
    account.forward(1000)
    const standing = account.world.leads.get(11)
    account.world.mergeContacts(1, 2)
    account.world.changeLead(11, { updatedAt: standing?.updatedAt ?? 0 })
    expect(await run()).toEqual([contact(1), contact(2)])
    expect((await account.doc(contact(2))).deals.map(({ id }) => id).toSorted()).toEqual([11, 12])
    expect(account.api.count('lead')).toBe(3 + 1)
  })

  it('finds a contact that was deleted, and who has his deals now', async () => {
    await known()
    account.forward(1000)
    const { world } = account
    const standing = world.leads.get(11)
    world.changeLead(11, { contacts: mainContact(2), updatedAt: standing?.updatedAt ?? 0 })
    world.contacts.delete(1)
    world.cardEvents.bin = [{ entityType: 'contacts', entityId: 1, at: world.now }]
    expect(await run()).toEqual([contact(2)])
    await expect(account.doc(contact(1))).rejects.toThrow('no document')
    expect((await account.doc(contact(2))).deals.map(({ id }) => id).toSorted()).toEqual([11, 12])
    const before = account.api.count('lead', 'contact')
    expect(await run()).toEqual([])
    expect(account.api.count('lead', 'contact') - before).toBe(1)
  })

  it('finds what was linked otherwise, restored or merged, though no card says that it changed', async () => {
    await known()
    account.forward(1000)
    const { world } = account
    const old = { updatedAt: world.leads.get(11)?.updatedAt ?? 0 }
    world.changeLead(11, { ...old, contacts: mainContact(2) })
    world.addContact(4, old)
    world.addLead(14, { ...old, contacts: mainContact(4) })
    world.addLead(15, { ...old, contacts: mainContact(3) })
    const at = world.now - 10
    world.cardEvents.links = [{ entityType: 'leads', entityId: 11, at }]
    world.cardEvents.bin = [{ entityType: 'contacts', entityId: 4, at }]
    world.cardEvents.merges = [
      { entityType: 'contacts', entityId: 3, at },
      { entityType: 'contacts', entityId: 2, at: old.updatedAt },
    ]
    expect(await run()).toEqual([contact(1), contact(2), contact(3), contact(4)])
    expect((await account.doc(contact(1))).deals).toEqual([])
    expect((await account.doc(contact(4))).deals).toMatchObject([{ id: 14 }])
    expect((await account.doc(contact(3))).deals.map(({ id }) => id).toSorted()).toEqual([13, 15])
  })

  it('turns the pages of events until they are older than the last sweep', async () => {
    await known()
    account.forward(1000)
    const { world } = account
    const old = world.leads.get(11)?.updatedAt ?? 0
    for (const id of [1, 2, 3]) world.contacts.delete(id)
    const event = (entityId: number, at: number) => ({ entityType: 'contacts' as const, entityId, at })
    world.cardEvents.bin = [
      ...[event(1, world.now), event(2, world.now - 1), event(3, world.now - 2)],
      ...[event(9, old), event(8, old), event(7, old)],
    ]
    const before = account.api.count('cardEvents')
    await run()
    expect(account.api.count('cardEvents') - before).toBe(2 + 2)
    for (const id of [1, 2, 3]) await expect(account.doc(contact(id))).rejects.toThrow('no document')
  })

  it('reads what changed while the one before was under way', async () => {
    await known()
    account.api.after('companies', () => {
      account.forward(5)
      account.world.win(11)
    })
    expect(await run()).toEqual([])
    account.forward(180)
    expect(await run()).toEqual([contact(1)])
  })

  it('passes over nobody when those it read already change meanwhile', async () => {
    await known()
    for (const id of [11, 12, 13]) account.world.changeLead(id, { price: 5000 })
    account.api.after('leads', () => {
      account.forward(2)
      account.world.changeLead(11, { price: 6000 })
    })
    expect(await run()).toEqual([contact(1), contact(2), contact(3)])
  })
})

describe('the mark from which the next sweep reads', () => {
  it('moves to the beginning of a sweep that came to its end', async () => {
    await known()
    account.forward(100)
    const startedAt = account.world.now
    account.api.before('contacts', () => account.forward(30))
    await run()
    expect(await mark()).toBe(startedAt)
  })

  it('stays when a sweep fails, and the next one finds the same', async () => {
    await known()
    const before = await mark()
    account.forward(100)
    account.world.changeContact(1, { hasPhone: false })
    account.api.failNext('companies', 'unavailable')
    await expect(run()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await mark()).toBe(before)
    account.forward(10_000)
    await run()
    expect((await account.doc(contact(1))).card?.hasPhone).toBe(false)
    expect(await mark()).toBe(account.world.now)
  })

  it('stays when a sweep is stopped', async () => {
    await known()
    const before = await mark()
    account.forward(100)
    account.world.changeContact(1, { hasPhone: false })
    const stop = new AbortController()
    account.api.after('contacts', () => stop.abort())
    expect(await run(stop.signal)).toEqual([contact(1)])
    expect(await mark()).toBe(before)
  })

  it('is overlapped, for the clocks of two companies are never the same', async () => {
    await known()
    account.forward(10_000)
    await setWatermark(account.context, account.world.now)
    account.world.changeLead(11, { price: 7, updatedAt: account.world.now - 60 })
    account.world.changeLead(12, { price: 7, updatedAt: account.world.now - 61 })
    expect(await run()).toEqual([contact(1)])
  })
})
