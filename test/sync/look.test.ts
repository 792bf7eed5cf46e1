import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Touch } from '../../src/amocrm/hook-touch.ts'
import { foldDeals } from '../../src/sync/fold-deals.ts'
import { look } from '../../src/sync/look.ts'
import { company, contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  account = testAccount(test.redis, test.root)
})
afterAll(() => test.close())

const touch = (entity: Touch['entity'], id: number, incoming = false) =>
  look(account.context, { entity, id, incoming }).then((refs) =>
    refs.toSorted((a, b) => a.kind.localeCompare(b.kind) || a.id - b.id),
  )
const known = (kind: 'contact' | 'company', id: number) => account.context.mirror.read(account.context.id, { kind, id })
const dealsOf = async (id: number) => ((await known('contact', id))?.deals ?? []).map((deal) => deal.id).toSorted()

describe('a look at a deal', () => {
  it('finds the client it belongs to', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    expect(await touch('lead', 17)).toEqual([contact(1)])
    expect(await dealsOf(1)).toEqual([17])
  })

  it('reads the client beside it when he is known, in one go', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('lead', 17)
    account.world.changeContact(1, { tags: ['VIP'] })
    const reading = account.api.hold('lead')
    const looking = touch('lead', 17)
    await reading.entered
    expect(account.api.count('contact')).toBe(1)
    reading.release()
    expect(await looking).toEqual([contact(1)])
    expect((await account.doc(contact(1))).card?.tags).toEqual(['VIP'])
  })

  it('that is gone takes it from its client', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('lead', 17)
    account.world.changeLead(17, { deleted: true })
    expect(await touch('lead', 17)).toEqual([contact(1)])
    expect(await dealsOf(1)).toEqual([])
    account.world.changeLead(17, { deleted: false })
    await touch('lead', 17)
    expect(await dealsOf(1)).toEqual([17])
  })

  it('whose main contact changed moves it, and both clients are to be decided', async () => {
    for (const id of [1, 2]) account.world.addContact(id)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('lead', 17)
    account.world.changeLead(17, { contacts: [{ id: 1, isMain: false }, ...mainContact(2)] })
    expect(await touch('lead', 17)).toEqual([contact(1), contact(2)])
    expect(await dealsOf(2)).toEqual([17])
  })

  it('nobody knows and amoCRM does not have concerns nobody', async () => {
    expect(await touch('lead', 404)).toEqual([])
  })
})

describe('a look at a contact', () => {
  it('reads the deals linked to him that are not known as his', async () => {
    account.world.addContact(1)
    for (const id of [17, 18]) account.world.addLead(id, { contacts: mainContact(1) })
    expect(await touch('contact', 1)).toEqual([contact(1)])
    expect(await dealsOf(1)).toEqual([17, 18])
    expect(await touch('contact', 1)).toEqual([contact(1)])
    expect(account.api.count('lead')).toBe(2)
  })

  it('finds that he became the main contact where only his hook came', async () => {
    for (const id of [1, 2]) account.world.addContact(id)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('lead', 17)
    account.world.changeLead(17, { contacts: [{ id: 1, isMain: false }, ...mainContact(2)] })
    expect(await touch('contact', 2)).toEqual([contact(1), contact(2)])
    expect([await dealsOf(1), await dealsOf(2)]).toEqual([[], [17]])
  })

  it('finds a deal that was linked to him and one that was unlinked', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    account.world.addLead(18, { companyId: 3 })
    account.world.addCompany(3)
    await Promise.all([touch('lead', 17), touch('lead', 18)])
    account.world.changeLead(17, { contacts: [] })
    account.world.changeLead(18, { contacts: mainContact(1) })
    expect(await touch('contact', 1)).toEqual([company(3), contact(1)])
    expect(await dealsOf(1)).toEqual([18])
    expect(await account.context.mirror.owners(account.context.id, [17])).toMatchObject(
      new Map([[17, { type: 'orphan' }]]),
    )
  })

  it('keeps a deal that is his although his own list of deals does not name it', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('lead', 17)
    account.world.unlisted.add(17)
    await touch('contact', 1)
    expect(await dealsOf(1)).toEqual([17])
  })

  it('does not take a deal in which he is not the main contact', async () => {
    for (const id of [1, 2]) account.world.addContact(id)
    account.world.addLead(17, { contacts: [...mainContact(2), { id: 1, isMain: false }] })
    await touch('contact', 1)
    expect([await dealsOf(1), await dealsOf(2)]).toEqual([[], [17]])
  })

  it('who was merged away gives his deals to the winner', async () => {
    for (const id of [1, 2]) account.world.addContact(id)
    for (const id of [17, 18]) account.world.addLead(id, { contacts: mainContact(1), statusId: 102 })
    await touch('contact', 1)
    const since = (await account.doc(contact(1))).deals.map((deal) => deal.statusSince)
    account.forward(1000)
    account.world.mergeContacts(1, 2)
    expect(await touch('contact', 1)).toEqual([contact(2)])
    expect(await known('contact', 1)).toBeNull()
    expect(await dealsOf(2)).toEqual([17, 18])
    expect((await account.doc(contact(2))).deals.map((deal) => deal.statusSince)).toEqual(since)
  })

  it('who is gone with deals that are gone leaves nothing', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    await touch('contact', 1)
    account.world.contacts.delete(1)
    account.world.changeLead(17, { deleted: true })
    expect(await touch('contact', 1)).toEqual([])
    expect(await known('contact', 1)).toBeNull()
    expect(await account.context.mirror.due(account.context.id, 2 ** 40, 10)).toEqual([])
  })

  it('who is gone does not take along a deal that came to him meanwhile', async () => {
    for (const id of [1, 2]) account.world.addContact(id)
    account.world.addLead(17, { contacts: mainContact(1) })
    account.world.addLead(18, { contacts: mainContact(1) })
    await touch('lead', 17)
    const late = await account.api.lead(18)
    account.world.mergeContacts(1, 2)
    account.api.after('lead', async () => {
      await foldDeals(account.context, late ? [late] : [], { mark: true })
    })
    await touch('contact', 1)
    expect(await known('contact', 1)).toBeNull()
    expect(await dealsOf(2)).toEqual([17, 18])
  })

  it('nobody knew and amoCRM does not have leaves nothing', async () => {
    expect(await touch('contact', 404)).toEqual([])
    expect(await known('contact', 404)).toBeNull()
  })
})

describe('a look at a company', () => {
  it('is no client where contacts are, unless deals without a contact are its own', async () => {
    account.world.addCompany(3)
    account.world.addContact(1)
    account.world.addLead(17, { companyId: 3, contacts: mainContact(1) })
    await touch('lead', 17)
    expect(await touch('company', 3)).toEqual([])
    expect(await known('company', 3)).toBeNull()
    account.world.addLead(18, { companyId: 3 })
    expect(await touch('company', 3)).toEqual([company(3)])
    expect((await account.doc(company(3))).deals).toMatchObject([{ id: 18 }])
    expect(await dealsOf(1)).toEqual([17])
  })

  it('is the client where companies are; its contacts are none', async () => {
    const context = account.withPolicy({ clientEntity: 'company' })
    account.world.addCompany(3)
    account.world.addContact(1, { companyId: 3 })
    account.world.addLead(17, { companyId: 3, contacts: mainContact(1) })
    expect(await look(context, { entity: 'lead', id: 17, incoming: false })).toEqual([company(3)])
    expect(await look(context, { entity: 'company', id: 3, incoming: false })).toEqual([company(3)])
    expect(await look(context, { entity: 'contact', id: 1, incoming: false })).toEqual([])
    expect((await account.doc(company(3))).deals).toMatchObject([{ id: 17 }])
    expect(await known('contact', 1)).toBeNull()
  })

  it('moves a deal to the company it was given', async () => {
    const context = account.withPolicy({ clientEntity: 'company' })
    for (const id of [3, 4]) account.world.addCompany(id)
    account.world.addLead(17, { companyId: 3 })
    await look(context, { entity: 'lead', id: 17, incoming: false })
    account.world.changeLead(17, { companyId: 4 })
    const touched = await look(context, { entity: 'company', id: 4, incoming: false })
    expect(touched.toSorted((a, b) => a.id - b.id)).toEqual([company(3), company(4)])
  })
})

describe('an incoming message', () => {
  const incomingAt = async (kind: 'contact' | 'company', id: number) => (await known(kind, id))?.incomingAt

  it('is remembered from its first time', async () => {
    account.world.addContact(1)
    const at = account.world.now
    expect(await touch('contact', 1, true)).toEqual([contact(1)])
    expect(await incomingAt('contact', 1)).toBe(at)
    account.forward(500)
    await touch('contact', 1, true)
    expect(await incomingAt('contact', 1)).toBe(at)
  })

  it('on a deal is its client’s', async () => {
    account.world.addContact(1)
    account.world.addLead(17, { contacts: mainContact(1) })
    expect(await touch('lead', 17, true)).toContainEqual(contact(1))
    expect(await incomingAt('contact', 1)).toBe(account.world.now)
  })

  it('on a deal without a client concerns nobody', async () => {
    account.world.addLead(17)
    expect(await touch('lead', 17, true)).toEqual([])
  })

  it('to a contact is his company’s where companies are the clients', async () => {
    const context = account.withPolicy({ clientEntity: 'company' })
    account.world.addCompany(3)
    account.world.addContact(1, { companyId: 3 })
    account.world.addContact(2)
    const all = [
      ...(await look(context, { entity: 'contact', id: 1, incoming: true })),
      ...(await look(context, { entity: 'contact', id: 2, incoming: true })),
    ]
    expect(all).toContainEqual(company(3))
    expect(await incomingAt('company', 3)).toBe(account.world.now)
    expect(await incomingAt('contact', 2)).toBe(account.world.now)
    expect(await incomingAt('contact', 1)).toBeUndefined()
  })
})
