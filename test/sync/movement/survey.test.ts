import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { look } from '../../../src/sync/look.ts'
import { surveyDeals } from '../../../src/sync/queries/movement/survey-deals.ts'
import { SurveyShelf } from '../../../src/sync/queries/movement/survey-shelf.ts'
import { reconcile } from '../../../src/sync/reconcile.ts'
import { contact, DAY, mainContact, type TestAccount, testAccount } from '../../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../../support/test-redis.ts'

let test: TestRedis
beforeAll(async () => {
  test = await connectTestRedis()
})
afterAll(() => test.close())

/** Reads a client and decides him. */
const settle = async ({ context }: TestAccount, id: number) => {
  await look(context, { entity: 'contact', id, incoming: false })
  await reconcile(context, contact(id), { priority: 'live', run: 'live', breaker: null })
}

const CARD = { card: { pipelineId: 20, statuses: {} } }

describe('a survey of the deals', () => {
  it('says of each purchase what the client was when he bought, and what he is now', async () => {
    const account = testAccount(test.redis, test.root)
    const { world } = account
    world.addContact(1)
    for (const [index, daysAgo] of [800, 790, 150, 140, 130, 120].entries()) {
      const closedAt = world.now - daysAgo * DAY
      world.addLead(index + 1, { contacts: mainContact(1), statusId: 142, closedAt })
    }
    await settle(account, 1)
    const { deals } = await surveyDeals(account.context)
    expect([...deals].map(({ boughtAs }) => boughtAs)).toEqual([
      ...['new', 'one_time', 'sleeping', 'periodic', 'periodic', 'regular'],
    ])
    expect(new Set([...deals].map(({ clientNow }) => clientNow))).toEqual(new Set(['sleeping']))
  })

  it('takes open and lost deals by their status, and no card of the client base', async () => {
    const account = testAccount(test.redis, test.root, CARD)
    const { world } = account
    world.addContact(1)
    world.addLead(1, { contacts: mainContact(1), updatedAt: world.now - 5 * DAY, sourceId: 7 })
    world.addLead(2, { contacts: mainContact(1), statusId: 143, closedAt: world.now - DAY, lossReasonId: 2 })
    world.addLead(3, { contacts: mainContact(1), pipelineId: 20, statusId: 201 })
    await settle(account, 1)
    const { deals } = await surveyDeals(account.context)
    expect([...deals]).toEqual([
      expect.objectContaining({ id: 1, state: 'open', at: world.now - 5 * DAY, source: 'id:7' }),
      expect.objectContaining({ id: 2, state: 'lost', at: world.now - DAY, lossReasonId: 2 }),
    ])
  })

  it('is made once for all who ask together, and anew under another policy', async () => {
    const account = testAccount(test.redis, test.root)
    account.world.addContact(1)
    account.world.addLead(1, { contacts: mainContact(1) })
    await settle(account, 1)
    const shelf = new SurveyShelf()
    const [one, other] = await Promise.all([shelf.of(account.context), shelf.of(account.context)])
    expect(one).toBe(other)
    const later = await shelf.of({ ...account.context, policyVersion: 2 })
    expect(later).not.toBe(one)
    expect(later.deals.length).toBe(1)
  })
})

describe('the stays in a stage', () => {
  it('are counted when a deal leaves it, however often it is read', async () => {
    const account = testAccount(test.redis, test.root)
    const { world, context } = account
    world.addContact(1)
    world.addLead(1, { contacts: mainContact(1) })
    await settle(account, 1)
    const read = () => look(context, { entity: 'lead', id: 1, incoming: false })
    account.forward(3 * DAY)
    await read()
    world.changeLead(1, { statusId: 102 })
    await read()
    await read()
    account.forward(500 * DAY)
    world.win(1)
    await read()
    account.forward(DAY)
    // Out of "won" again: a closed stage is none to get stuck in.
    world.changeLead(1, { statusId: 101, closedAt: null })
    await read()
    const stays = await context.stays.read(context.id)
    expect(stays.map(({ statusId, lengths }) => [statusId, lengths.toStored()]).toSorted()).toEqual([
      [101, [[3, 1]]],
      [102, [[366, 1]]],
    ])
  })
})
