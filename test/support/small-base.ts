import type { Redis } from 'ioredis'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { snapshot } from './snapshot.ts'
import { contact, DAY, mainContact, type TestAccount } from './test-context.ts'

/** Without a deal and of a company: no client where companies are the clients. */
export const EMPLOYEE: ClientRef = contact(2)

/** Clients of every kind, with an open deal besides: who never bought, once, twice, often, and who sleeps. */
const PURCHASES_DAYS_AGO: readonly (readonly number[])[] = [
  [],
  [],
  [10],
  [40, 20],
  [300, 200, 100, 5],
  [400],
  [120],
  [95],
  [500, 450],
  [60],
]

export const BASE: readonly ClientRef[] = PURCHASES_DAYS_AGO.map((_, index) => contact(index + 1))

/** Fills an account with these clients and makes them right under its policy. */
export async function fillBase(account: TestAccount): Promise<void> {
  const { world, context } = account
  const addDeal = (id: number, owner: number, part = {}) => world.addLead(id, { contacts: mainContact(owner), ...part })
  for (const [index, purchases] of PURCHASES_DAYS_AGO.entries()) {
    const id = index + 1
    const companyId = id === EMPLOYEE.id ? 500 : null
    world.addContact(id, { responsibleUserId: 1 + (id % 2), tags: ['VIP'], companyId })
    if (companyId === null) addDeal(id * 100, id, { tags: ['от партнёра'] })
    for (const [at, days] of purchases.entries()) {
      const closedAt = world.now - days * DAY
      addDeal(id * 100 + at + 1, id, { statusId: 142, closedAt, createdAt: closedAt, price: 1_000 * id })
    }
  }
  await lookAtAll(account)
  for (const ref of BASE) await reconcile(context, ref, { priority: 'live', run: 'live', breaker: null })
  account.api.updates.length = 0
}

/** As if a hook of every contact came. */
export async function lookAtAll({ context }: TestAccount): Promise<void> {
  for (const { id } of BASE) await look(context, { entity: 'contact', id, incoming: false })
}

/** Everything that stands in the account's Redis, to see whether it changed. */
export async function everythingIn(account: TestAccount, redis: Redis): Promise<string> {
  const keys = await redis.keys(`${account.keys.of(account.context.id, '')}*`)
  return snapshot(redis, keys)
}
