import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Aggregates } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { adoptAggregates, compileAsApplied, currentAggregates, recountGaps } from '../../src/sync/gap-figures.ts'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { redecide } from '../../src/sync/redecide.ts'
import { company, contact, DAY, mainContact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const RHYTHM: PolicyInput = { sleeping: { mode: 'rhythm' }, rhythm: { minPurchases: 3, quantile: 0.5 } }

let test: TestRedis

beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

const open = (policy: PolicyInput = RHYTHM) => testAccount(test.redis, test.root, policy)
const kept = async ({ context }: TestAccount) => (await context.gaps.read(context.id)).toSorted(([a], [b]) => a - b)
/** What a count over the whole mirror gives. */
const recounted = async (account: TestAccount) => {
  await recountGaps(account.context)
  return kept(account)
}

type Change =
  | { readonly type: 'won'; readonly deal: number; readonly client: number; readonly daysAgo: number }
  | { readonly type: 'reopened' | 'deleted' | 'orphaned'; readonly deal: number }
  | { readonly type: 'merged'; readonly client: number; readonly into: number }

const deal = fc.integer({ min: 1, max: 8 })
const client = fc.integer({ min: 1, max: 3 })
const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('won' as const), deal, client, daysAgo: fc.nat(400) }) },
  fc.record({ type: fc.constantFrom('reopened' as const, 'deleted' as const, 'orphaned' as const), deal }),
  fc.record({ type: fc.constant('merged' as const), client, into: client }),
)

/** Makes the change in amoCRM, and lets its hooks come. */
const happen = async ({ context, world }: TestAccount, one: Change) => {
  if (one.type === 'merged') {
    if (one.client === one.into || !world.contacts.has(one.client) || !world.contacts.has(one.into)) return
    world.mergeContacts(one.client, one.into)
    await look(context, { entity: 'contact', id: one.client, incoming: false })
    await look(context, { entity: 'contact', id: one.into, incoming: false })
    return
  }
  if (one.type === 'won') {
    const part = { statusId: 142, closedAt: world.now - one.daysAgo * DAY, contacts: mainContact(one.client) }
    if (world.leads.has(one.deal)) world.changeLead(one.deal, { ...part, deleted: false })
    else world.addLead(one.deal, part)
  } else if (world.leads.has(one.deal)) {
    const parts = {
      reopened: { statusId: 101, closedAt: null },
      deleted: { deleted: true },
      orphaned: { contacts: [] },
    }
    world.changeLead(one.deal, parts[one.type])
  }
  await look(context, { entity: 'lead', id: one.deal, incoming: false })
}

describe('the histogram of gaps', () => {
  it('is exact after any changes, as a count over the whole mirror shows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 25 }), async (changes) => {
        const account = open()
        for (const id of [1, 2, 3]) account.world.addContact(id)
        for (const one of changes) {
          account.forward(1)
          await happen(account, one)
        }
        const refs = [1, 2, 3].map(contact)
        for (const ref of refs) {
          await reconcile(account.context, ref, { priority: 'live', run: 'live', breaker: null })
        }
        const incremental = await kept(account)
        expect(await recounted(account)).toEqual(incremental)
      }),
      { numRuns: 60 },
    )
  })

  it('is not kept where the policy looks at no gaps, and counted when one does', async () => {
    const account = open({})
    account.world.addContact(1)
    for (const daysAgo of [40, 30, 10]) {
      await happen(account, { type: 'won', deal: daysAgo, client: 1, daysAgo })
    }
    await reconcile(account.context, contact(1), { priority: 'live', run: 'live', breaker: null })
    await recountGaps(account.context)
    expect(await kept(account)).toEqual([])
    await recountGaps(account.withPolicy(RHYTHM))
    expect(await kept(account)).toEqual([
      [10, 1],
      [20, 1],
    ])
  })

  it('counts clients of both kinds', async () => {
    const account = open()
    account.world.addCompany(9)
    for (const [id, daysAgo] of [40, 30].entries()) {
      account.world.addLead(id + 1, { companyId: 9, statusId: 142, closedAt: account.world.now - daysAgo * DAY })
      await look(account.context, { entity: 'lead', id: id + 1, incoming: false })
    }
    await reconcile(account.context, company(9), { priority: 'live', run: 'live', breaker: null })
    expect(await kept(account)).toEqual([[10, 1]])
    expect(await recounted(account)).toEqual([[10, 1]])
  })
})

describe('the figures of an account', () => {
  /** Clients that buy every ten days and one that bought once, 20 days ago. */
  const fill = async (account: TestAccount, buyers: number) => {
    const { world, context } = account
    for (let id = 1; id <= buyers; id++) {
      world.addContact(id)
      for (const at of id === 1 ? [20] : [24, 14, 4]) {
        const closedAt = world.now - at * DAY
        world.addLead(id * 100 + at, { contacts: mainContact(id), statusId: 142, closedAt })
      }
      await look(context, { entity: 'contact', id, incoming: false })
      await reconcile(context, contact(id), { priority: 'live', run: 'live', breaker: null })
    }
  }

  it('are taken into use when they move a threshold by a day, and every client is then decided by them', async () => {
    const account = open()
    await fill(account, 60)
    const { context, world } = account
    expect(world.tags('contacts', 1)).toContain('Разовый')
    expect(await adoptAggregates(context)).toBe(true)
    const aggregates = await context.notes.get<Aggregates>('aggregates')
    expect(aggregates).toEqual({ gaps: { count: 118, quantileSeconds: 10 * DAY } })
    expect(await currentAggregates(context.gaps, context.id, context.policy)).toEqual(aggregates)

    const adopted = account.withPolicy(RHYTHM, aggregates ?? undefined)
    const { signal } = new AbortController()
    await redecide(adopted, { run: 'figures', heldOf: () => 'leave', signal, current: async () => adopted })
    expect(world.tags('contacts', 1)).toEqual(['Спящий', 'Тёплый'])
    expect(world.tags('contacts', 2)).toEqual(['Горячий', 'Постоянный'])
    expect(await adoptAggregates(adopted)).toBe(false)
  })

  it('are not taken into use while there are too few gaps, or none are looked at', async () => {
    const few = open()
    await fill(few, 40)
    expect(await adoptAggregates(few.context)).toBe(false)
    const fixed = open({})
    await fill(fixed, 2)
    expect(await adoptAggregates(fixed.context)).toBe(false)
    expect(await fixed.context.notes.get('aggregates')).toBeNull()
  })
})

describe('a policy that is only tried', () => {
  const NO_GAPS = 90 * DAY
  /** The common threshold it would have. */
  const threshold = async ({ context, withPolicy }: TestAccount, input: PolicyInput, part: object = {}) => {
    const { sleeping } = await compileAsApplied({ ...context, ...part }, withPolicy(input).policy)
    return sleeping.common.seconds
  }

  it('has the figures that are kept where it takes the same deals for purchases, without going over the base', async () => {
    const account = open()
    await account.context.gaps.replace(account.context.id, [[200, 150]])
    expect(await threshold(account, { ...RHYTHM, regular: { minPurchases: 5 } })).toBe(200 * DAY)
  })

  it('has them counted where it takes other ones, or those kept are of the policy before', async () => {
    const account = open()
    await account.context.gaps.replace(account.context.id, [[200, 150]])
    expect(await threshold(account, { ...RHYTHM, minPrice: 10 })).toBe(NO_GAPS)
    expect(await threshold(account, { ...RHYTHM, mergeSameDay: false })).toBe(NO_GAPS)
    expect(await threshold(account, RHYTHM, { rollout: { scope: 'all', work: 'redecide' } })).toBe(NO_GAPS)
    const { context } = { ...account, context: account.withPolicy({}) }
    expect(await threshold({ ...account, context }, RHYTHM)).toBe(NO_GAPS)
  })
})
