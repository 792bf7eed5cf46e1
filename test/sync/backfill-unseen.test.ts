import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { backfill } from '../../src/sync/backfill.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount
let current: AccountContext

beforeAll(async () => {
  test = await connectTestRedis()
})
/** Contacts 1-7, each with a deal, in pages of two. */
beforeEach(() => {
  account = testAccount(test.redis, test.root)
  current = account.context
  account.api.pageSize = 2
  for (const id of [1, 2, 3, 4, 5, 6, 7]) {
    account.world.addContact(id)
    account.world.addLead(10 + id, { contacts: mainContact(id) })
  }
})
afterAll(() => test.close())

const run = (name: string) =>
  backfill(account.context, {
    run: name,
    signal: new AbortController().signal,
    onProgress: async () => undefined,
    current: async () => current,
    withFigures: async (same) => same,
  })
const known = (id: number) => account.context.mirror.read(account.context.id, contact(id))
const OPEN_TAGS = ['В работе', 'Новый', 'Холодный']

describe('what is deleted during a backfill', () => {
  it('lets no deal of a contact be passed over, although the pages move', async () => {
    account.api.after('leads', () => account.world.changeLead(11, { deleted: true }))
    await run('install')
    for (const id of [2, 3, 4, 5, 6, 7]) {
      expect(account.world.tags('leads', 10 + id)).toEqual(OPEN_TAGS)
      expect((await account.doc(contact(id))).deals).toHaveLength(1)
    }
    expect(account.api.count('lead')).toBeLessThanOrEqual(2)
  })

  it('lets no contact with a deal be passed over', async () => {
    account.api.after('contacts', () => void account.world.contacts.delete(1))
    await run('install')
    for (const id of [2, 3, 4, 5, 6, 7]) expect(account.world.tags('contacts', id)).toEqual(OPEN_TAGS)
  })
})

describe('a backfill of a known base', () => {
  beforeEach(async () => {
    await run('install')
    account.forward(100)
  })

  it('repairs whatever it meets, and says how much that was', async () => {
    account.world.changeContact(3, { tags: ['Новый'] })
    account.world.changeLead(15, { tags: [] })
    await run('again')
    expect(account.world.tags('contacts', 3)).toEqual(OPEN_TAGS)
    expect(account.world.tags('leads', 15)).toEqual(OPEN_TAGS)
    expect(await readBackfill(account.context.notes)).toMatchObject({ writes: 2 })
  })

  it('reads by its id who was passed over', async () => {
    account.world.leads.delete(13)
    account.world.changeContact(3, { tags: [] })
    account.api.after('contacts', () => void account.world.contacts.delete(1))
    await run('again')
    expect(account.world.tags('contacts', 3)).toEqual(['Новый', 'Холодный'])
  })

  it('forgets who and what was deleted while no hook told', async () => {
    account.world.contacts.delete(1)
    account.world.changeLead(11, { deleted: true })
    account.world.changeLead(12, { deleted: true })
    await run('again')
    expect(await known(1)).toBeNull()
    expect((await account.doc(contact(2))).deals).toEqual([])
    expect(account.world.tags('contacts', 2)).toEqual(['Новый', 'Холодный'])
  })

  it('reads nothing twice when all is seen', async () => {
    const before = account.api.count('lead', 'contact', 'company')
    await run('again')
    expect(account.api.count('lead', 'contact', 'company')).toBe(before)
  })
})

describe('a policy for new cases only', () => {
  it('that comes during a backfill is not written to those who stand otherwise', async () => {
    await run('install')
    const later = account.withPolicy({ targets: { lifecycle: { names: { new: 'Лид' } } } })
    account.api.after('contacts', () => {
      current = { ...later, policyVersion: 2, rollout: { scope: 'only_new', work: 'redecide' } }
    })
    const before = account.api.updates.length
    await run('again')
    expect(account.api.updates).toHaveLength(before)
    expect((await account.doc(contact(7))).held).not.toBeNull()
  })
})
