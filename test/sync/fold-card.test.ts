import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Contact } from '../../src/amocrm/entities.ts'
import { foldCard } from '../../src/sync/fold-card.ts'
import { foldDeals } from '../../src/sync/fold-deals.ts'
import type { FakeLead } from '../support/fake-world.ts'
import { company, contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const MARK = { mark: true }

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  account = testAccount(test.redis, test.root)
})
afterAll(() => test.close())

const card = (readAt: number, part: Partial<Contact> = {}): Contact => ({
  id: 1,
  name: '',
  responsibleUserId: 1,
  createdAt: 1000,
  updatedAt: 2000,
  tags: [],
  fields: {},
  readAt,
  hasPhone: true,
  hasEmail: false,
  companyId: null,
  leadIds: [],
  ...part,
})
/** Puts a deal of contact 1 into the mirror, as it reads at the given instant. */
const foldDeal = async (id: number, readAt: number, part: Partial<FakeLead> = {}) => {
  account.world.addLead(id, { contacts: mainContact(1), ...part })
  account.clock.now = readAt
  const lead = await account.api.lead(id)
  await foldDeals(account.context, lead ? [lead] : [], MARK)
}
const due = () => account.context.mirror.due(account.context.id, Math.floor(account.clock.now / 1000), 100)

describe('a reading of a card', () => {
  const foldContact = (reading: Contact) => foldCard(account.context, contact(1), reading, MARK)

  it('makes its client due when it says something new', async () => {
    expect(await foldContact(card(10))).toBe(true)
    expect(await due()).toEqual([contact(1)])
  })

  it('never replaces a younger one', async () => {
    await foldContact(card(20, { tags: ['new'] }))
    expect(await foldContact(card(19, { tags: ['old'] }))).toBe(false)
    expect((await account.doc(contact(1))).card?.tags).toEqual(['new'])
  })

  it('keeps the deals, the news and the locks of the client', async () => {
    await foldDeal(17, 10)
    await foldContact(card(20))
    expect(await account.doc(contact(1))).toMatchObject({ deals: [{ id: 17 }], card: { readAt: 20 } })
  })

  it('made before our last write keeps the tags we wrote', async () => {
    await foldContact(card(10))
    await account.context.mirror.update(account.context.id, contact(1), (doc) =>
      doc?.card ? { ...doc, card: { ...doc.card, tags: ['ours'], wroteAt: 50 } } : null,
    )
    await foldContact(card(40, { tags: ['before'], hasEmail: true }))
    expect((await account.doc(contact(1))).card).toMatchObject({ tags: ['ours'], hasEmail: true })
  })

  it('of what is no client is not kept', async () => {
    const reading = { ...card(10), id: 3 }
    expect(await foldCard(account.context, company(3), reading, MARK)).toBe(false)
    expect(await account.context.mirror.read(account.context.id, company(3))).toBeNull()
  })

  it('of a company with deals of its own is kept', async () => {
    await foldDeal(17, 10, { contacts: [], companyId: 3 })
    expect(await foldCard(account.context, company(3), { ...card(20), id: 3 }, MARK)).toBe(true)
    expect((await account.doc(company(3))).card).toMatchObject({ readAt: 20, companyId: null })
  })

  it('where companies are the clients keeps contacts without one only', async () => {
    const context = account.withPolicy({ clientEntity: 'company' })
    expect(await foldCard(context, contact(1), card(10, { companyId: 3 }), MARK)).toBe(false)
    expect(await foldCard(context, contact(2), { ...card(10), id: 2 }, MARK)).toBe(true)
  })
})
