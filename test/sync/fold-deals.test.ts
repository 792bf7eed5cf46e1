import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Lead } from '../../src/amocrm/entities.ts'
import { dropDeals, foldDeals } from '../../src/sync/fold-deals.ts'
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

/** A deal as it reads at the given instant. */
const lead = (id: number, readAt: number, part: Partial<Lead> = {}): Lead => ({
  id,
  name: '',
  responsibleUserId: 1,
  createdAt: 1000,
  updatedAt: 2000,
  tags: [],
  fields: {},
  readAt,
  pipelineId: 10,
  statusId: 101,
  price: 1000,
  closedAt: null,
  lossReasonId: null,
  sourceId: null,
  contacts: mainContact(1),
  companyId: null,
  ...part,
})
const fold = (...leads: Lead[]) => foldDeals(account.context, leads, MARK)
const ownerOf = async (id: number) => (await account.context.mirror.owners(account.context.id, [id])).get(id)
const dealsOf = async (id: number) => (await account.doc(contact(id))).deals
const due = () => account.context.mirror.due(account.context.id, Math.floor(account.clock.now / 1000), 100)

describe('a reading of a deal', () => {
  it('stands under its client, who is due at once', async () => {
    expect(await fold(lead(17, 10))).toEqual([contact(1)])
    expect(await dealsOf(1)).toMatchObject([{ id: 17, statusId: 101, readAt: 10 }])
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(1) })
    expect(await due()).toEqual([contact(1)])
  })

  it('never replaces a younger one', async () => {
    await fold(lead(17, 20, { price: 200 }))
    await fold(lead(17, 19, { price: 100 }))
    expect(await dealsOf(1)).toMatchObject([{ price: 200, readAt: 20 }])
    await fold(lead(17, 21, { price: 300 }))
    expect(await dealsOf(1)).toMatchObject([{ price: 300, readAt: 21 }])
  })

  it('moves to another client with what is remembered of it, and both are due', async () => {
    await fold(lead(17, 10, { statusId: 102, updatedAt: 1500 }))
    const moved = await fold(lead(17, 20, { statusId: 102, updatedAt: 9000, contacts: mainContact(2) }))
    expect(moved.toSorted((a, b) => a.id - b.id)).toEqual([contact(1), contact(2)])
    expect(await dealsOf(1)).toEqual([])
    expect(await dealsOf(2)).toMatchObject([{ id: 17, statusSince: 1500 }])
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(2) })
    expect((await due()).toSorted((a, b) => a.id - b.id)).toEqual([contact(1), contact(2)])
  })

  it('older than the present owner’s does not take the deal away', async () => {
    await fold(lead(17, 20, { contacts: mainContact(2) }))
    expect(await fold(lead(17, 19))).toEqual([])
    expect(await dealsOf(2)).toMatchObject([{ id: 17 }])
    expect(await account.context.mirror.read(account.context.id, contact(1))).toBeNull()
  })

  it('is taken from a holder the index does not know, when it is named', async () => {
    await fold(lead(17, 10))
    const bucket = account.keys.dealBucket(account.context.id, 17)
    await test.redis.hdel(bucket.key, bucket.field)
    await foldDeals(account.context, [lead(17, 20, { contacts: mainContact(2) })], { ...MARK, holders: [contact(1)] })
    expect(await dealsOf(1)).toEqual([])
    expect(await dealsOf(2)).toMatchObject([{ id: 17 }])
  })

  it('remembers since when its status is seen: from the change that brought it', async () => {
    await fold(lead(17, 10, { updatedAt: 1500 }))
    await fold(lead(17, 20, { updatedAt: 1600 }))
    expect(await dealsOf(1)).toMatchObject([{ statusSince: 1500, updatedAt: 1600 }])
    await fold(lead(17, 30, { updatedAt: 1700, statusId: 102 }))
    expect(await dealsOf(1)).toMatchObject([{ statusSince: 1700 }])
  })

  it('made before our last write to it keeps the tags we wrote', async () => {
    await fold(lead(17, 10))
    await account.context.mirror.update(
      account.context.id,
      contact(1),
      (doc) => doc && { ...doc, deals: doc.deals.map((deal) => ({ ...deal, tags: ['ours'], wroteAt: 50 })) },
    )
    await fold(lead(17, 40, { tags: ['before'], price: 7 }))
    expect(await dealsOf(1)).toMatchObject([{ tags: ['ours'], price: 7 }])
    await fold(lead(17, 60, { tags: ['after'] }))
    expect(await dealsOf(1)).toMatchObject([{ tags: ['after'] }])
  })

  it('without contact and company is an orphan, and nobody’s older reading gives it a client', async () => {
    await fold(lead(17, 10))
    expect(await fold(lead(17, 20, { contacts: [] }))).toEqual([contact(1)])
    expect(await ownerOf(17)).toEqual({ type: 'orphan', readAt: 20 })
    expect(await fold(lead(17, 15))).toEqual([])
    expect(await ownerOf(17)).toEqual({ type: 'orphan', readAt: 20 })
    await fold(lead(17, 25))
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(1) })
  })

  it('goes to its company where it has no contact', async () => {
    expect(await fold(lead(17, 10, { contacts: [], companyId: 3 }))).toEqual([company(3)])
    expect((await account.doc(company(3))).deals).toMatchObject([{ id: 17 }])
  })

  it('that says what was known marks nobody due', async () => {
    await fold(lead(17, 10))
    await account.context.mirror.update(
      account.context.id,
      contact(1),
      (doc) =>
        doc && {
          ...doc,
          dueAt: null,
          decided: { at: 1, lifecycle: 'new', temperature: 'cold', standing: null, tier: null, rules: [] },
        },
    )
    expect(await fold(lead(17, 20))).toEqual([])
    expect(await dealsOf(1)).toMatchObject([{ readAt: 20 }])
    expect(await due()).toEqual([])
  })

  it('of a backfill marks nobody due', async () => {
    await foldDeals(account.context, [lead(17, 10)], { mark: false })
    expect(await due()).toEqual([])
  })
})

describe('readings that race', () => {
  /** Does something to the mirror between the look at the owners and the writing. */
  const meanwhile = (act: () => Promise<unknown>) => {
    const { mirror } = account.context
    const owners = mirror.owners.bind(mirror)
    let isDone = false
    mirror.owners = async (...question) => {
      const answer = await owners(...question)
      if (!isDone) {
        isDone = true
        await act()
      }
      return answer
    }
  }

  it('leave the deal with the owner of the younger one, whoever writes last', async () => {
    meanwhile(() => fold(lead(17, 20, { contacts: mainContact(2) })))
    await fold(lead(17, 10))
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(2) })
    expect(await dealsOf(2)).toMatchObject([{ id: 17, readAt: 20 }])
    expect((await account.context.mirror.read(account.context.id, contact(1)))?.deals ?? []).toEqual([])
  })

  it('give the deal to the younger one even when the older was written meanwhile', async () => {
    meanwhile(() => fold(lead(17, 10)))
    await fold(lead(17, 20, { contacts: mainContact(2) }))
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(2) })
    expect(await dealsOf(1)).toEqual([])
  })

  it('do not bring back a deal that was seen deleted meanwhile', async () => {
    meanwhile(() => dropDeals(account.context, [17], 20))
    await fold(lead(17, 10))
    expect(await ownerOf(17)).toEqual({ type: 'deleted', readAt: 20 })
    expect((await account.context.mirror.read(account.context.id, contact(1)))?.deals ?? []).toEqual([])
  })

  it('do not make an orphan of a deal that found a client meanwhile', async () => {
    meanwhile(() => fold(lead(17, 20)))
    await fold(lead(17, 10, { contacts: [] }))
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(1) })
  })

  it('do not bury a deal that came back meanwhile', async () => {
    await fold(lead(17, 10))
    meanwhile(() => fold(lead(17, 30, { contacts: mainContact(2) })))
    await dropDeals(account.context, [17], 20)
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(2) })
    expect(await dealsOf(1)).toEqual([])
    expect(await dealsOf(2)).toMatchObject([{ id: 17 }])
  })

  it('bury a deal that an older reading gave to somebody meanwhile', async () => {
    await fold(lead(17, 10))
    meanwhile(() => fold(lead(17, 15, { contacts: mainContact(2) })))
    await dropDeals(account.context, [17], 20)
    expect(await ownerOf(17)).toEqual({ type: 'deleted', readAt: 20 })
    expect([...(await dealsOf(1)), ...(await dealsOf(2))]).toEqual([])
  })

  it('of many deals at once lose none', async () => {
    const giving = Array.from({ length: 30 }, (_, index) =>
      fold(lead(17, 100 + index, { contacts: mainContact(1 + (index % 3)), price: index })),
    )
    await Promise.all(giving)
    const docs = await Promise.all([1, 2, 3].map((id) => account.context.mirror.read(account.context.id, contact(id))))
    const held = docs.flatMap((doc) => doc?.deals ?? [])
    expect(held).toMatchObject([{ id: 17, price: 29 }])
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(3) })
  })
})

describe('a deal that is gone', () => {
  it('leaves its client, who is due, and is not brought back by an older reading', async () => {
    await fold(lead(17, 10), lead(18, 10))
    expect(await dropDeals(account.context, [17], 20)).toEqual([contact(1)])
    expect(await dealsOf(1)).toMatchObject([{ id: 18 }])
    expect(await fold(lead(17, 15))).toEqual([])
    expect(await dealsOf(1)).toMatchObject([{ id: 18 }])
    await fold(lead(17, 25))
    expect((await dealsOf(1)).map(({ id }) => id).toSorted()).toEqual([17, 18])
  })

  it('stays when a younger reading has seen it', async () => {
    await fold(lead(17, 30))
    expect(await dropDeals(account.context, [17], 20)).toEqual([])
    expect(await dealsOf(1)).toMatchObject([{ id: 17 }])
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: contact(1) })
  })

  it('that nobody knew is remembered all the same', async () => {
    expect(await dropDeals(account.context, [17], 20)).toEqual([])
    expect(await fold(lead(17, 15))).toEqual([])
    expect(await ownerOf(17)).toEqual({ type: 'deleted', readAt: 20 })
  })
})
