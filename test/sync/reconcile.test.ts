import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { type ReconcileOptions, reconcile } from '../../src/sync/reconcile.ts'
import { company, contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const LIVE: ReconcileOptions = { priority: 'live', run: 'live', breaker: null }
const ANNA = contact(1)

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  account = testAccount(test.redis, test.root)
  account.world.addContact(1)
})
afterAll(() => test.close())

const lookAt = (entity: 'lead' | 'contact' | 'company', id: number) =>
  look(account.context, { entity, id, incoming: false })
const settle = (options: Partial<ReconcileOptions> = {}, ref = ANNA) =>
  reconcile(account.context, ref, { ...LIVE, ...options })
const addDeal = (id: number, part = {}) => account.world.addLead(id, { contacts: mainContact(1), ...part })
const due = (seconds: number) => account.context.mirror.due(account.context.id, seconds, 100)

describe('a client', () => {
  it('gets his tags once: the second time nothing is written', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    expect(await settle()).toMatchObject({ type: 'settled', writes: 2 })
    expect(account.world.tags('contacts', 1)).toEqual(['В работе', 'Новый', 'Холодный'])
    expect(account.world.tags('leads', 17)).toEqual(['В работе', 'Новый', 'Холодный'])
    expect(await settle()).toMatchObject({ type: 'settled', writes: 0 })
    expect(account.api.updates).toHaveLength(2)
  })

  it('causes no more writes by the hooks of our own', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    await settle()
    await lookAt('contact', 1)
    await lookAt('lead', 17)
    expect(await settle()).toMatchObject({ type: 'settled', writes: 0 })
  })

  it('nobody knows is absent', async () => {
    expect(await settle({}, contact(404))).toEqual({ type: 'absent' })
  })

  it('whose card was not read yet is read, then decided', async () => {
    addDeal(17)
    await lookAt('lead', 17)
    expect((await account.doc(ANNA)).card).toBeNull()
    expect(await settle()).toMatchObject({ type: 'settled', writes: 2 })
    expect((await account.doc(ANNA)).decided).toMatchObject({ lifecycle: 'new', standing: 'in_work' })
  })

  it('stands in the journal with each write before it is made', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    let recorded = 0
    account.api.before('update', async () => {
      recorded = await account.context.journal.length(account.context.id)
    })
    await settle()
    expect(recorded).toBe(2)
  })

  it('changes segment at the very second, and is due then', async () => {
    const closedAt = account.world.now - 10 * DAY
    addDeal(17, { statusId: 142, closedAt })
    await lookAt('contact', 1)
    await settle()
    expect((await account.doc(ANNA)).decided?.lifecycle).toBe('one_time')
    const sleepsAt = closedAt + 90 * DAY
    expect(await due(sleepsAt - 1)).toEqual([])
    expect(await due(sleepsAt)).toEqual([ANNA])

    account.clock.now = (sleepsAt - 1) * 1000
    await settle()
    expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
    account.clock.now = sleepsAt * 1000
    await settle({ priority: 'due' })
    expect(account.world.tags('contacts', 1)).toEqual(['Спящий', 'Тёплый'])
    expect(await due(2 ** 40)).toEqual([])
  })

  it('with the stop tag is left alone, and written when the tag goes', async () => {
    account.world.changeContact(1, { tags: ['стоп-сегмент'] })
    await lookAt('contact', 1)
    expect(await settle()).toMatchObject({ type: 'settled', writes: 0 })
    account.world.changeContact(1, { tags: [] })
    await lookAt('contact', 1)
    expect(await settle()).toMatchObject({ writes: 1 })
  })
})

describe('what is written to', () => {
  it('is read again first when it was not read just now', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    account.forward(61)
    account.world.changeLead(17, { statusId: 142, closedAt: account.world.now })
    const before = account.api.count('lead', 'contact')
    await settle()
    expect(account.api.count('lead', 'contact') - before).toBe(2)
    expect(account.api.updates.map(({ type }) => type)).toEqual(['contacts'])
    expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
    expect(account.world.tags('leads', 17)).toEqual([])
  })

  it('is not read again when it was read just now', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    account.forward(59)
    const before = account.api.count('lead', 'contact')
    await settle()
    expect(account.api.count('lead', 'contact')).toBe(before)
    expect(account.api.updates).toHaveLength(2)
  })

  it('is not read again where nothing is to be written', async () => {
    await lookAt('contact', 1)
    await settle()
    account.forward(10_000)
    const before = account.api.count()
    expect(await settle()).toMatchObject({ type: 'settled', writes: 0 })
    expect(account.api.count()).toBe(before)
  })

  it('is not read again by mass work, except a deal that would be moved: it may be won by now', async () => {
    const card = { pipelineId: 20, statuses: { new: 201 } }
    const context = account.withPolicy({ card })
    addDeal(17, { pipelineId: 20, statusId: 202 })
    await look(context, { entity: 'contact', id: 1, incoming: false })
    account.forward(3600)
    account.world.win(17)
    await reconcile(context, ANNA, { ...LIVE, priority: 'backfill' })
    expect(account.world.leads.get(17)?.statusId).toBe(142)
    expect(account.api.updates.filter(({ type }) => type === 'leads')).toEqual([])
  })

  it('keeps the tags that a person set meanwhile', async () => {
    await lookAt('contact', 1)
    account.api.before('update', () => account.world.changeContact(1, { tags: ['VIP'] }))
    await settle()
    expect(account.world.tags('contacts', 1)).toEqual(['VIP', 'Новый', 'Холодный'])
  })
})

describe('a change in the middle of the work', () => {
  it('ends right, with the answer that follows from it', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    account.api.after('update', async () => {
      account.world.win(17)
      await lookAt('lead', 17)
    })
    expect(await settle()).toMatchObject({ type: 'settled' })
    expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
    expect((await account.doc(ANNA)).decided).toMatchObject({ lifecycle: 'one_time', standing: null })
    expect((await account.doc(ANNA)).card?.tags.toSorted()).toEqual(account.world.tags('contacts', 1))
    expect(await settle()).toMatchObject({ writes: 0 })
  })

  it('ends right when two work on one client at once', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    const late = account.api.hold('update')
    const first = settle({ priority: 'backfill' })
    await late.entered
    account.world.win(17)
    await lookAt('lead', 17)
    await settle()
    late.release()
    await first
    await settle()
    expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
    expect((await account.doc(ANNA)).card?.tags.toSorted()).toEqual(account.world.tags('contacts', 1))
  })

  it('that never ends is left to a later try', async () => {
    await lookAt('contact', 1)
    account.context.mirror.commit = async () => false
    await expect(settle()).rejects.toThrow(/keeps changing/)
  })

  it('by a failed call is repeated as a whole, and nothing is lost', async () => {
    addDeal(17)
    await lookAt('contact', 1)
    account.api.failNext('update', 'unavailable')
    await expect(settle()).rejects.toMatchObject({ code: 'unavailable' })
    expect(await settle()).toMatchObject({ type: 'settled' })
    expect(account.world.tags('contacts', 1)).toEqual(['В работе', 'Новый', 'Холодный'])
    expect(account.world.tags('leads', 17)).toEqual(['В работе', 'Новый', 'Холодный'])
    expect(await settle()).toMatchObject({ writes: 0 })
  })
})

describe('an entity that is gone', () => {
  it('when it is written to: a deal leaves its client, who is decided without it', async () => {
    addDeal(17)
    addDeal(18, { statusId: 142, closedAt: account.world.now })
    await lookAt('contact', 1)
    account.api.before('update', () => account.world.changeLead(17, { deleted: true }))
    expect(await settle()).toMatchObject({ type: 'settled' })
    expect((await account.doc(ANNA)).deals.map(({ id }) => id)).toEqual([18])
    expect(account.world.tags('contacts', 1)).toEqual(['Горячий', 'Разовый'])
  })

  it('when it is written to: a client leaves the mirror', async () => {
    await lookAt('contact', 1)
    account.api.before('update', () => void account.world.contacts.delete(1))
    expect(await settle()).toEqual({ type: 'absent' })
    expect(await account.context.mirror.read(account.context.id, ANNA)).toBeNull()
  })

  it('when it is read again: a merged client’s deals are not written under him', async () => {
    account.world.addContact(2)
    addDeal(17)
    await lookAt('contact', 1)
    account.forward(100)
    account.world.mergeContacts(1, 2)
    expect(await settle()).toEqual({ type: 'absent' })
    expect(account.api.updates).toEqual([])
    expect(await due(account.world.now)).toEqual([contact(2)])
    await settle({}, contact(2))
    expect(account.world.tags('leads', 17)).toEqual(['В работе', 'Новый', 'Холодный'])
  })
})

describe('a write that amoCRM refuses', () => {
  it('is not repeated until something changes', async () => {
    account.api.refused.add('contacts/1')
    await lookAt('contact', 1)
    expect(await settle()).toMatchObject({ type: 'settled', writes: 0 })
    expect(account.api.updates).toHaveLength(1)
    expect((await account.doc(ANNA)).card?.tags).toEqual([])
    expect(await due(account.world.now)).toEqual([])
  })

  it('does not keep the others from being made', async () => {
    addDeal(17)
    account.api.refused.add('contacts/1')
    await lookAt('contact', 1)
    expect(await settle()).toMatchObject({ writes: 1 })
    expect(account.world.tags('leads', 17)).toEqual(['В работе', 'Новый', 'Холодный'])
  })
})

describe('who is no client any more', () => {
  it('loses our tags and leaves the mirror', async () => {
    account.world.addCompany(3, { tags: ['Партнёр'] })
    account.world.addLead(17, { companyId: 3 })
    await lookAt('lead', 17)
    await settle({}, company(3))
    expect(account.world.tags('companies', 3)).toContain('Новый')
    account.world.changeLead(17, { contacts: mainContact(1) })
    await lookAt('lead', 17)
    expect(await settle({}, company(3))).toMatchObject({ type: 'settled', writes: 1, verdict: null })
    expect(account.world.tags('companies', 3)).toEqual(['Партнёр'])
    expect(await account.context.mirror.read(account.context.id, company(3))).toBeNull()
    expect(await account.context.mirror.count(account.context.id, 'lifecycle', 'new')).toBe(0)
  })
  it('but is frozen keeps them, and loses them when the stop tag goes', async () => {
    account.world.addCompany(3)
    account.world.addLead(18, { companyId: 3 })
    await lookAt('lead', 18)
    await settle({}, company(3))
    const tags = account.world.tags('companies', 3)
    account.world.changeCompany(3, { tags: [...tags, 'стоп-сегмент'] })
    account.world.changeLead(18, { contacts: mainContact(1) })
    await lookAt('lead', 18)
    await lookAt('company', 3)
    await settle({}, company(3))
    expect(account.world.tags('companies', 3)).toEqual([...tags, 'стоп-сегмент'].toSorted())
    expect((await account.doc(company(3))).dueAt).toBeNull()

    account.world.changeCompany(3, { tags })
    expect(await lookAt('company', 3)).toEqual([company(3)])
    await settle({}, company(3))
    expect(account.world.tags('companies', 3)).toEqual([])
    expect(await account.context.mirror.read(account.context.id, company(3))).toBeNull()
  })
})
