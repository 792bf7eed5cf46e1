import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { policyTags } from '../../src/segmentation/policy-tags.ts'
import { cleanUp } from '../../src/sync/clean-up.ts'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { undo } from '../../src/sync/undo.ts'
import { BASE, fillBase } from '../support/small-base.ts'
import { contact, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const POLICY: PolicyInput = {
  targets: { lifecycle: { field: 77 }, value: { clientTags: true } },
  value: { tiers: [{ label: 'Золото', from: 5_000 }] },
  rules: [
    { id: 'big', label: 'Крупный', tag: 'Крупный', target: 'client', when: { fact: 'ltv', op: 'gte', value: 1 } },
    { id: 'open', label: 'Живая', tag: 'Живая', target: 'deal', when: { fact: 'price', op: 'gte', value: 0 } },
  ],
}

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root, POLICY)
  await fillBase(account)
})
afterAll(() => test.close())

const clean = async () => {
  const report = await cleanUp(account.context, 'removal', new AbortController().signal)
  if (!report) throw new Error('it was stopped')
  return report
}
const cards = () => [...account.world.contacts.values(), ...account.world.leads.values()]
const standing = () => new Set(cards().flatMap(({ tags }) => tags))

describe('the clean-up', () => {
  it('takes every tag and field of ours, and nothing else', async () => {
    expect(standing()).toEqual(new Set(['VIP', 'от партнёра', ...standing()]))
    for (const { id } of BASE)
      account.world.changeContact(id, { fields: { ...account.world.contacts.get(id)?.fields, 8: { values: ['x'] } } })
    const { leftCount, restored } = await clean()
    expect(standing()).toEqual(new Set(['VIP', 'от партнёра']))
    expect(account.world.contacts.get(1)?.fields).toEqual({ 8: { values: ['x'] } })
    expect([leftCount, restored]).toEqual([0, account.api.updates.length])
    for (const tag of policyTags(account.context.policy)) expect(standing()).not.toContain(tag)
  })

  it('takes the tags of deals that were closed with them', async () => {
    account.world.win(100)
    await look(account.context, { entity: 'lead', id: 100, incoming: false })
    expect(account.world.tags('leads', 100)).toContain('Живая')
    await clean()
    expect(account.world.tags('leads', 100)).toEqual(['от партнёра'])
  })

  it('takes the tags of former policies too', async () => {
    account.world.changeContact(1, { tags: ['Лид', 'VIP'] })
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    account = { ...account, context: { ...account.context, retiredTags: new Set(['Лид']) } }
    await clean()
    expect(account.world.tags('contacts', 1)).toEqual(['VIP'])
  })

  it('puts the cards back to where they stood before us, as far as they stand where we put them', async () => {
    const { world, api } = account
    const card: PolicyInput = { card: { pipelineId: 20, statuses: { new: 201, one_time: 202, sleeping: 202 } } }
    account = { ...account, context: account.withPolicy({ ...POLICY, ...card }) }
    for (const id of [1, 3, 6])
      world.addLead(id * 100 + 50, { pipelineId: 20, statusId: 203, contacts: mainContact(id) })
    const settle = async (id: number) => {
      await look(account.context, { entity: 'contact', id, incoming: false })
      await reconcile(account.context, contact(id), { priority: 'live', run: 'live', breaker: null })
    }
    for (const id of [1, 3, 6]) await settle(id)
    expect([150, 350, 650].map((id) => world.leads.get(id)?.statusId)).toEqual([201, 202, 202])
    // A person moved one between two moves of ours, and another one after them.
    world.changeLead(150, { statusId: 204 })
    world.win(100)
    for (const id of [100, 150]) await look(account.context, { entity: 'lead', id, incoming: false })
    await settle(1)
    expect(world.leads.get(150)?.statusId).toBe(202)
    world.changeLead(350, { statusId: 204 })
    await look(account.context, { entity: 'contact', id: 3, incoming: false })
    const { left } = await clean()
    expect([150, 350, 650].map((id) => world.leads.get(id)?.statusId)).toEqual([204, 204, 203])
    expect(left).toEqual([{ entity: 'leads', entityId: 350, client: contact(3), outcome: 'changed_since' }])
    expect(world.tags('leads', 350)).toEqual([])
    const { length } = api.updates
    await clean()
    expect(api.updates).toHaveLength(length)
  })

  it('gives a field back what it held before us, and clears one that a former policy left', async () => {
    const { world, context } = account
    world.changeContact(1, { fields: { 77: { values: ['Партнёр'] } } })
    await look(context, { entity: 'contact', id: 1, incoming: false })
    await reconcile(context, contact(1), { priority: 'live', run: 'live', breaker: null })
    world.changeContact(3, { fields: { ...world.contacts.get(3)?.fields, 78: { values: ['Уснул'] } } })
    await look(context, { entity: 'contact', id: 3, incoming: false })
    account = { ...account, context: { ...context, retiredFields: { contact: { 78: ['Уснул'] }, company: {} } } }
    await clean()
    expect(world.contacts.get(1)?.fields).toEqual({ 77: { values: ['Партнёр'] } })
    expect(world.contacts.get(3)?.fields).toEqual({})
  })

  it('leaves frozen clients, and says who they are', async () => {
    account.world.changeContact(4, { tags: [...account.world.tags('contacts', 4), 'стоп-сегмент'] })
    await look(account.context, { entity: 'contact', id: 4, incoming: false })
    account.api.refused.add('leads/500')
    const { left } = await clean()
    expect(left.map(({ entity, entityId, outcome }) => [entity, entityId, outcome]).toSorted()).toEqual([
      ['contacts', 4, 'frozen'],
      ['leads', 500, 'refused'],
    ])
    expect(account.world.tags('contacts', 4)).toContain('Крупный')
  })

  it('done twice writes nothing the second time', async () => {
    await clean()
    account.api.updates.length = 0
    expect(await clean()).toMatchObject({ restored: 0, leftCount: 0 })
    expect(account.api.updates).toEqual([])
  })

  it('lists what was made by any run and stays', async () => {
    const { id, journal } = account.context
    const made = { client: contact(1), type: 'task', actionId: 'call' } as const
    await journal.recordMade(id, { ...made, run: 'live', made: 'task 1' })
    await journal.recordMade(id, { ...made, run: 'policy-2', made: 'task 2' })
    expect((await clean()).kept.map((one) => one.made)).toEqual(['task 2', 'task 1'])
  })

  it('stands in the journal, and can be undone', async () => {
    const before = account.world.tags('contacts', 5)
    await clean()
    const { length } = account.api.updates
    expect(await undo(account.context, 'removal', new AbortController().signal)).toMatchObject({ restored: length })
    expect(account.world.tags('contacts', 5)).toEqual(before)
    expect(account.world.contacts.get(1)?.fields).toEqual({ 77: { values: ['Новый'] } })
  })

  it('is stopped by its signal', async () => {
    expect(await cleanUp(account.context, 'removal', AbortSignal.abort())).toBeNull()
    expect(account.api.updates).toEqual([])
  })

  it('leaves a base that the next decision makes right again', async () => {
    const before = account.world.tags('contacts', 5)
    await clean()
    await reconcile(account.context, contact(5), { priority: 'live', run: 'live', breaker: null })
    expect(account.world.tags('contacts', 5)).toEqual(before)
  })
})
