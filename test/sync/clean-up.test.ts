import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { policyTags } from '../../src/segmentation/policy-tags.ts'
import { cleanUp } from '../../src/sync/clean-up.ts'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { undo } from '../../src/sync/undo.ts'
import { BASE, fillBase } from '../support/small-base.ts'
import { contact, type TestAccount, testAccount } from '../support/test-context.ts'
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
