import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { decodeClient, encodeClient } from '../../src/store/client-codec.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { look } from '../../src/sync/look.ts'
import { type ReconcileOptions, reconcile } from '../../src/sync/reconcile.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ANNA = contact(1)
const RENAMED: PolicyInput = { language: 'en' }

let test: TestRedis
let account: TestAccount
let next: AccountContext

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  next = account.withPolicy(RENAMED)
  account.world.addContact(1)
  account.world.addLead(17, { contacts: mainContact(1), statusId: 142, closedAt: account.world.now - 10 * DAY })
  await lookAt('contact', 1)
  await settle(account.context)
  account.api.updates.length = 0
})
afterAll(() => test.close())

const lookAt = (entity: 'lead' | 'contact', id: number) => look(account.context, { entity, id, incoming: false })
const settle = (context: AccountContext, held: ReconcileOptions['held'] = 'leave') =>
  reconcile(context, ANNA, { priority: 'due', run: 'due', breaker: null, held })
const tags = () => account.world.tags('contacts', 1)
const held = async () => (await account.doc(ANNA)).held

describe('a client that is held', () => {
  beforeEach(() => settle(next, 'hold'))

  it('is left as he stands, though counted by his new answers', async () => {
    expect(await settle(next)).toMatchObject({ type: 'settled', writes: 0 })
    expect(tags()).toEqual(['Горячий', 'Разовый'])
    expect(await account.context.mirror.count(account.context.id, 'lifecycle', 'one_time')).toBe(1)
  })

  it('is left when a person changes his tags', async () => {
    account.world.changeContact(1, { tags: ['VIP'] })
    await lookAt('contact', 1)
    expect(await settle(next)).toMatchObject({ writes: 0 })
    expect(tags()).toEqual(['VIP'])
  })

  it('is written when time alone answers him differently', async () => {
    account.forward(80 * DAY)
    expect(await account.context.mirror.due(account.context.id, account.world.now, 10)).toEqual([ANNA])
    expect(await settle(next)).toMatchObject({ writes: 1 })
    expect(tags()).toEqual(expect.arrayContaining(['Sleeping', 'Warm']))
    expect(await held()).toBeNull()
  })

  it('is written from then on, also when he is answered as before again', async () => {
    account.world.addLead(18, { contacts: mainContact(1), statusId: 142, closedAt: account.world.now })
    await lookAt('lead', 18)
    await settle(next)
    expect(tags()).toContain('Periodic')
    account.world.changeLead(18, { deleted: true })
    await lookAt('lead', 18)
    expect(await settle(next)).toMatchObject({ writes: 1 })
    expect(tags()).toContain('One-time')
  })

  it('is written when he is released', async () => {
    expect(await settle(next, 'release')).toMatchObject({ writes: 1 })
    expect(tags()).toEqual(expect.arrayContaining(['Hot', 'One-time']))
    expect(await held()).toBeNull()
  })

  it('is released by being right: nothing is left to hold', async () => {
    account.world.changeContact(1, { tags: ['Hot', 'One-time'] })
    await lookAt('contact', 1)
    await settle(next, 'hold')
    expect(await held()).toBeNull()
  })

  it('is still so after a crash: the note is part of his document', async () => {
    const doc = await account.doc(ANNA)
    expect(doc.held).not.toBeNull()
    expect(decodeClient('c1', encodeClient(doc))).toEqual(doc)
    const { dueAt } = doc
    await settle(next, 'hold')
    expect((await account.doc(ANNA)).dueAt).toBe(dueAt)
  })
})

describe('who is no client any more', () => {
  const companies = () => account.withPolicy({ clientEntity: 'company' })

  beforeEach(async () => {
    account.world.changeLead(17, { contacts: [], companyId: 9 })
    account.world.changeContact(1, { companyId: 9 })
    await look(companies(), { entity: 'lead', id: 17, incoming: false })
    await look(companies(), { entity: 'contact', id: 1, incoming: false })
  })

  it('keeps what stands on him while he is held, and loses it when released', async () => {
    await settle(companies(), 'hold')
    await settle(companies())
    expect(tags()).toEqual(['Горячий', 'Разовый'])
    expect(await held()).not.toBeNull()
    expect(await settle(companies(), 'release')).toMatchObject({ writes: 1 })
    expect(tags()).toEqual([])
    expect(await account.context.mirror.read(account.context.id, ANNA)).toBeNull()
  })

  it('is written when he becomes one again', async () => {
    await settle(companies(), 'hold')
    account.world.changeContact(1, { companyId: null })
    await look(companies(), { entity: 'contact', id: 1, incoming: false })
    await settle(companies())
    expect(tags()).toEqual(['Новый', 'Холодный'])
  })
})
