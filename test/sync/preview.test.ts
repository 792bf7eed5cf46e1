import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Policy, type PolicyInput, policySchema } from '../../src/segmentation/policy.ts'
import type { AccountContext } from '../../src/sync/account-context.ts'
import { adoptAggregates, recountGaps } from '../../src/sync/gap-figures.ts'
import { look } from '../../src/sync/look.ts'
import { preview, retired } from '../../src/sync/preview.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { redecide } from '../../src/sync/redecide.ts'
import { BASE, everythingIn, fillBase } from '../support/small-base.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  await fillBase(account)
})
afterAll(() => test.close())

const LIMITS = { requestsPerSecond: 7 }
const policyOf = (input: PolicyInput): Policy => policySchema.parse(input)
const show = (input: PolicyInput) => preview(account.context, policyOf(input), LIMITS)
/** The policy in force, as a rollout to everyone does it. */
const apply = async (input: PolicyInput): Promise<AccountContext> => {
  const context = { ...account.withPolicy(input), ...retired(account.context) }
  const { signal } = new AbortController()
  await redecide(context, { run: 'policy-2', heldOf: () => 'release', signal, current: async () => context })
  return context
}
/** What was really written since the base was filled. */
const written = () => {
  const patches = account.api.updates.map(({ patch }) => patch)
  const sum = (count: (patch: (typeof patches)[number]) => number) => patches.reduce((all, one) => all + count(one), 0)
  return {
    writes: patches.length,
    tagsAdded: sum(({ tags }) => tags?.add.length ?? 0),
    tagsRemoved: sum(({ tags }) => tags?.remove.length ?? 0),
    fields: sum(({ fields }) => Object.keys(fields ?? {}).length),
    moves: sum(({ status }) => (status ? 1 : 0)),
    cards: account.api.count('createLead'),
  }
}

const SHORTER: PolicyInput = { sleeping: { mode: 'fixed', days: 30 } }
const CARD: PolicyInput = { card: { pipelineId: 20, statuses: { new: 201, sleeping: 202 }, createCard: true } }
const FIELD: PolicyInput = { targets: { lifecycle: { field: 77 } } }
const RULES: PolicyInput = {
  rules: [
    {
      id: 'big',
      label: 'Крупный',
      tag: 'Крупный',
      target: 'client',
      when: { fact: 'ltv', op: 'gte', value: 5_000 },
      actions: [{ id: 'thank', type: 'task', text: 'Поблагодарить', duringBackfill: true }],
    },
  ],
}

describe('a preview', () => {
  it('of the policy in force changes nothing', async () => {
    const { cost, moves, clients, unread } = await show({})
    expect({ clients, unread, moves }).toEqual({ clients: BASE.length, unread: 0, moves: [] })
    expect(cost).toMatchObject({ clients: 0, writes: 0, requests: 0, minutes: 0, tasks: 0 })
  })

  it('makes no call and writes nothing anywhere', async () => {
    const [calls, stands] = [account.api.count(), await everythingIn(account, test.redis)]
    await show({ ...SHORTER, ...CARD, ...RULES, sleeping: { mode: 'rhythm' } })
    expect(account.api.count()).toBe(calls)
    expect(await everythingIn(account, test.redis)).toBe(stands)
  })

  it.each<[string, PolicyInput]>([
    ['another threshold', SHORTER],
    ['renamed segments', { targets: { lifecycle: { names: { new: 'Лид', sleeping: 'Уснул' } } } }],
    ['a dimension without tags', { targets: { standing: { clientTags: false, dealTags: false } } }],
    ['tags on clients alone', { targets: { lifecycle: { dealTags: false }, temperature: { dealTags: false } } }],
    ['another language', { language: 'en' }],
    ['a rule with a tag', RULES],
    ['cards to be made', CARD],
    ['companies as clients', { clientEntity: 'company' }],
    ['a field', FIELD],
    ['all at once', { ...SHORTER, ...CARD, ...RULES, ...FIELD, language: 'en' }],
  ])('tells beforehand just what applying it writes: %s', async (_, input) => {
    const { cost } = await show(input)
    await apply(input)
    expect(written()).toEqual({
      ...{ writes: cost.writes, tagsAdded: cost.tagsAdded, tagsRemoved: cost.tagsRemoved },
      ...{ fields: cost.fields, moves: cost.moves, cards: cost.cards },
    })
    expect(cost.writes + cost.cards).toBeGreaterThan(0)
  })

  it('counts what has come into its place by what it would be', async () => {
    const { before, after, moves } = await show(SHORTER)
    expect(before).toMatchObject({ 'lifecycle:new': 2, 'lifecycle:sleeping': 4, 'lifecycle:one_time': 2 })
    await apply(SHORTER)
    const { before: applied } = await preview(account.withPolicy(SHORTER), policyOf(SHORTER), LIMITS)
    expect(after).toEqual(applied)
    expect(after['lifecycle:sleeping']).toBe(5)
    expect(moves).toEqual([
      { dimension: 'lifecycle', from: 'one_time', to: 'sleeping', clients: 1, examples: [contact(10)] },
      { dimension: 'temperature', from: 'hot', to: 'warm', clients: 1, examples: [contact(10)] },
    ])
  })

  it('gives the moves from one segment to another, the largest first, with examples', async () => {
    const { moves } = await show({ regular: { minPurchases: 5 }, sleeping: { days: 600, mode: 'fixed' } })
    const lifecycle = moves.filter(({ dimension }) => dimension === 'lifecycle')
    expect(lifecycle).toEqual([
      { dimension: 'lifecycle', from: 'sleeping', to: 'one_time', clients: 3, examples: expect.any(Array) },
      { dimension: 'lifecycle', from: 'regular', to: 'periodic', clients: 1, examples: [contact(5)] },
      { dimension: 'lifecycle', from: 'sleeping', to: 'periodic', clients: 1, examples: [contact(9)] },
    ])
  })

  it('counts the tasks by who gets them, and each thing an action does', async () => {
    const { cost } = await show(RULES)
    expect(cost.tasks).toBe(7)
    expect(cost.tasksByUser).toEqual({ 1: 4, 2: 3 })
    expect(cost.requests).toBe(1 + 2 * 7)
    expect(cost.minutes).toBeCloseTo(cost.requests / 7 / 60)
  })

  it('leaves frozen clients and cooling actions out', async () => {
    const cooling = structuredClone(RULES)
    for (const rule of cooling.rules ?? []) for (const action of rule.actions ?? []) action.coolDownDays = 30
    account.world.changeContact(6, { tags: ['стоп-сегмент'] })
    await look(account.context, { entity: 'contact', id: 6, incoming: false })
    const { context } = account
    await context.mirror.update(context.id, contact(9), (doc) => doc && { ...doc, fired: { thank: account.world.now } })
    const { cost } = await show(cooling)
    expect(cost.tasks).toBe(5)
    expect((await show(RULES)).cost.tasks).toBe(6)
    expect((await show({ language: 'en' })).cost.clients).toBe(BASE.length - 1)
  })

  it('reckons by the figures that applying would adopt, although none are kept yet', async () => {
    const rhythm: PolicyInput = { sleeping: { mode: 'rhythm' }, rhythm: { minPurchases: 3, quantile: 0.5 } }
    for (let id = 1_000; id < 1_060; id++) {
      account.world.addContact(id)
      for (const [at, days] of [50, 30, 5].entries()) {
        const closedAt = account.world.now - days * DAY
        account.world.addLead(id * 10 + at, { contacts: mainContact(id), statusId: 142, closedAt })
      }
      await look(account.context, { entity: 'contact', id, incoming: false })
      await reconcile(account.context, contact(id), { priority: 'live', run: 'live', breaker: null })
    }
    account.api.updates.length = 0
    const { cost, moves } = await show(rhythm)
    const context = account.withPolicy(rhythm)
    await recountGaps(context)
    expect(await adoptAggregates(context)).toBe(true)
    const { signal } = new AbortController()
    const aggregates = await context.notes.get<AccountContext['compiled']['account']['aggregates']>('aggregates')
    const adopted = account.withPolicy(rhythm, aggregates ?? undefined)
    await redecide(adopted, { run: 'policy-2', heldOf: () => 'release', signal, current: async () => adopted })
    expect(moves).toContainEqual(expect.objectContaining({ from: 'one_time', to: 'sleeping' }))
    expect(written()).toMatchObject({ writes: cost.writes, tagsAdded: cost.tagsAdded, tagsRemoved: cost.tagsRemoved })
  })
})

describe('a preview that the mirror does not suffice for', () => {
  it('says so, with the requests that reading takes', async () => {
    const { needsReading, cost } = await show(FIELD)
    expect(needsReading).toBe(true)
    // Deals, contacts and companies, a page each; and three lists of messages and calls.
    expect(cost.reading).toBe(6)
    expect(cost.requests).toBe(cost.reading + 1)
    expect(await show({ clientEntity: 'company' })).toMatchObject({ needsReading: true })
  })

  it('does not say so where the fields are kept already, or none are asked for', async () => {
    expect(await show(SHORTER)).toMatchObject({ needsReading: false, cost: { reading: 0 } })
    account = { ...account, context: account.withPolicy(FIELD) }
    expect(await show({ ...FIELD, ...SHORTER })).toMatchObject({ needsReading: false })
  })

  it('counts who was not read yet apart', async () => {
    account.world.addContact(50)
    account.world.addLead(5_000, { contacts: mainContact(50) })
    await look(account.context, { entity: 'lead', id: 5_000, incoming: false })
    expect(await show({})).toMatchObject({ clients: BASE.length, unread: 1, cost: { writes: 0 } })
  })
})

describe('the fingerprint', () => {
  it('is the same for the same, whenever and in whatever order it is looked at', async () => {
    const { fingerprint } = await show(SHORTER)
    expect((await show(SHORTER)).fingerprint).toBe(fingerprint)
    const { context } = account
    for (const { id } of BASE.toReversed()) {
      const doc = await account.doc(contact(id))
      if (!doc.card) continue
      const card = { ...doc.card, tags: doc.card.tags.toReversed() }
      await context.mirror.commit(context.id, doc, null)
      await context.mirror.commit(context.id, null, { ...doc, card, deals: doc.deals.toReversed() })
    }
    expect((await show(SHORTER)).fingerprint).toBe(fingerprint)
  })

  it('is another when a client changes, or the policy does', async () => {
    const { fingerprint } = await show(SHORTER)
    expect((await show({ sleeping: { mode: 'fixed', days: 31 } })).fingerprint).not.toBe(fingerprint)
    account.world.win(100)
    await look(account.context, { entity: 'lead', id: 100, incoming: false })
    expect((await show(SHORTER)).fingerprint).not.toBe(fingerprint)
  })

  it('is the same when something changes that has nothing to do with it', async () => {
    const { fingerprint } = await show(SHORTER)
    account.world.changeContact(1, { tags: [...account.world.tags('contacts', 1), 'новый тег человека'] })
    await look(account.context, { entity: 'contact', id: 1, incoming: false })
    expect((await show(SHORTER)).fingerprint).toBe(fingerprint)
  })
})
