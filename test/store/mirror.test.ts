import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ClientDoc, emptyClient } from '../../src/store/client-doc.ts'
import { Keys } from '../../src/store/keys.ts'
import { Mirror } from '../../src/store/mirror.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { CARD, DECIDED, deal } from './sample-client.ts'

const ANNA = { kind: 'contact', id: 1 } as const
const BORIS = { kind: 'contact', id: 2 } as const

let test: TestRedis
let mirror: Mirror
let account = 0

beforeAll(async () => {
  test = await connectTestRedis()
  mirror = new Mirror(test.redis, new Keys(test.root))
})
beforeEach(() => {
  account++
})
afterAll(() => test.close())

const stored = async (ref: ClientDoc['ref']): Promise<ClientDoc> => {
  const doc = await mirror.read(account, ref)
  if (!doc) throw new Error(`no document of ${ref.kind} ${ref.id}`)
  return doc
}
const put = async (doc: ClientDoc): Promise<ClientDoc> => {
  await mirror.update(account, doc.ref, () => doc)
  return stored(doc.ref)
}
const ownerOf = async (id: number) => (await mirror.owners(account, [id])).get(id)

describe('a commit', () => {
  it('replaces the document that was read', async () => {
    const doc = await put({ ...emptyClient(ANNA), dueAt: 5 })
    expect(await mirror.commit(account, doc, { ...doc, incomingAt: 9 })).toBe(true)
    expect(await stored(ANNA)).toMatchObject({ incomingAt: 9, dueAt: 5, rev: doc.rev + 1 })
  })

  it('changes nothing when somebody changed the document first', async () => {
    const doc = await put(emptyClient(ANNA))
    await mirror.commit(account, doc, { ...doc, incomingAt: 7 })
    expect(await mirror.commit(account, doc, { ...doc, dueAt: 3, deals: [deal(17)] })).toBe(false)
    expect(await stored(ANNA)).toMatchObject({ incomingAt: 7, dueAt: null, deals: [] })
    expect(await mirror.due(account, 100, 10)).toEqual([])
    expect(await ownerOf(17)).toEqual({ type: 'unknown' })
  })

  it('does not overwrite a document that came into being meanwhile', async () => {
    await put({ ...emptyClient(ANNA), incomingAt: 7 })
    expect(await mirror.commit(account, null, emptyClient(ANNA))).toBe(false)
    expect((await stored(ANNA)).incomingAt).toBe(7)
  })

  it('does not bring back a document that was deleted meanwhile', async () => {
    const doc = await put(emptyClient(ANNA))
    await mirror.commit(account, doc, null)
    expect(await mirror.commit(account, doc, { ...doc, incomingAt: 7 })).toBe(false)
    expect(await mirror.read(account, ANNA)).toBeNull()
  })

  it('is not misled by a document that was deleted and made anew', async () => {
    const doc = await put(emptyClient(ANNA))
    await mirror.commit(account, doc, null)
    await put({ ...emptyClient(ANNA), incomingAt: 7 })
    expect(await mirror.commit(account, doc, { ...doc, dueAt: 3 })).toBe(false)
    expect(await stored(ANNA)).toMatchObject({ incomingAt: 7, dueAt: null })
  })

  it('lets fifty changes at once lose none', async () => {
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        mirror.update(account, ANNA, (doc) => {
          const before = doc ?? emptyClient(ANNA)
          return { ...before, deals: [...before.deals, deal(100 + index)] }
        }),
      ),
    )
    const ids = (await stored(ANNA)).deals.map(({ id }) => id)
    expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => 100 + index))
    expect(await ownerOf(149)).toEqual({ type: 'client', ref: ANNA })
  })

  it('does what goes alongside in the same step, or not at all', async () => {
    const key = new Keys(test.root).of(account, 'beside')
    const beside = [{ command: 'HSET', key, args: ['field', 'value'] }] as const
    const doc = await put(emptyClient(ANNA))
    expect(await mirror.commit(account, { ...doc, rev: doc.rev + 1 }, doc, beside)).toBe(false)
    expect(await test.redis.hget(key, 'field')).toBeNull()
    expect(await mirror.commit(account, doc, doc, beside)).toBe(true)
    expect(await test.redis.hget(key, 'field')).toBe('value')
  })
})

describe('the due index', () => {
  it('gives the most overdue first, at their second and not before', async () => {
    await put({ ...emptyClient(ANNA), dueAt: 50 })
    await put({ ...emptyClient(BORIS), dueAt: 40 })
    expect(await mirror.due(account, 39, 10)).toEqual([])
    expect(await mirror.due(account, 49, 10)).toEqual([BORIS])
    expect(await mirror.due(account, 50, 10)).toEqual([BORIS, ANNA])
    expect(await mirror.due(account, 50, 1)).toEqual([BORIS])
  })

  it('follows the document, to its end', async () => {
    await put({ ...emptyClient(ANNA), dueAt: 50 })
    await put({ ...emptyClient(ANNA), dueAt: 60 })
    expect(await mirror.due(account, 59, 10)).toEqual([])
    await put({ ...emptyClient(ANNA), dueAt: null })
    expect(await mirror.due(account, 1000, 10)).toEqual([])
    await put({ ...emptyClient(ANNA), dueAt: 50 })
    await mirror.update(account, ANNA, () => null)
    expect(await mirror.due(account, 1000, 10)).toEqual([])
  })
})

describe('the members of segments', () => {
  const counts = async (...segments: [dimension: string, segment: string][]) =>
    Promise.all(segments.map(([dimension, segment]) => mirror.count(account, dimension, segment)))

  it('follow every answer, with dimensions that have none and with rules', async () => {
    const decided = { ...DECIDED, standing: 'in_work', tier: 'Gold', rules: ['big', 'stuck#17', 'stuck#18'] }
    await put({ ...emptyClient(ANNA), decided })
    await put({ ...emptyClient(BORIS), decided: DECIDED })
    expect(await counts(['lifecycle', 'regular'], ['standing', 'in_work'], ['tier', 'Gold'])).toEqual([2, 1, 1])
    expect(await counts(['rule:big', 'match'], ['rule:stuck', 'match'])).toEqual([1, 1])

    await put({ ...emptyClient(ANNA), decided: { ...DECIDED, lifecycle: 'sleeping', rules: ['stuck#18'] } })
    expect(await counts(['lifecycle', 'regular'], ['lifecycle', 'sleeping'], ['standing', 'in_work'])).toEqual([
      1, 1, 0,
    ])
    expect(await counts(['tier', 'Gold'], ['rule:big', 'match'], ['rule:stuck', 'match'])).toEqual([0, 0, 1])

    await mirror.update(account, ANNA, () => null)
    expect(await counts(['lifecycle', 'sleeping'], ['temperature', 'hot'], ['rule:stuck', 'match'])).toEqual([0, 1, 0])
  })
})

describe('the owner of a deal', () => {
  it('is whose document holds it', async () => {
    await put({ ...emptyClient(ANNA), deals: [deal(17), deal(18)] })
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: ANNA })
    await put({ ...emptyClient(ANNA), deals: [deal(18)] })
    expect(await mirror.owners(account, [17, 18, 19])).toEqual(
      new Map([
        [17, { type: 'unknown' }],
        [18, { type: 'client', ref: ANNA }],
        [19, { type: 'unknown' }],
      ]),
    )
  })

  it('is not taken from the one who has it: the change is contested and nothing happens', async () => {
    await put({ ...emptyClient(ANNA), deals: [deal(17)] })
    const result = await mirror.update(account, BORIS, () => ({ ...emptyClient(BORIS), deals: [deal(17)], dueAt: 4 }))
    expect(result).toMatchObject({ contested: true, after: null })
    expect(await mirror.read(account, BORIS)).toBeNull()
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: ANNA })
    expect(await mirror.due(account, 100, 10)).toEqual([])
  })

  it('stays when the former holder lets go of an older copy', async () => {
    const anna = await put({ ...emptyClient(ANNA), deals: [deal(17)] })
    const bucket = new Keys(test.root).dealBucket(account, 17)
    await test.redis.hset(bucket.key, bucket.field, 'c2')
    await mirror.commit(account, anna, { ...anna, deals: [] })
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: BORIS })
  })

  it.each([
    ['deleted', () => mirror.buryDeal(account, 17, 1000)],
    ['orphan', () => mirror.orphanDeal(account, 17, 1000)],
  ])('is remembered as %s, against older readings only', async (type, mark) => {
    expect(await mark()).toBe(true)
    expect(await ownerOf(17)).toEqual({ type, readAt: 1000 })
    const older = await mirror.update(account, ANNA, () => ({
      ...emptyClient(ANNA),
      deals: [deal(17, { readAt: 999 })],
    }))
    expect(older.contested).toBe(true)
    const younger = await mirror.update(account, ANNA, () => ({
      ...emptyClient(ANNA),
      deals: [deal(17, { readAt: 1001 })],
    }))
    expect(younger.contested).toBe(false)
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: ANNA })
  })

  it('is not buried under a client who has it, nor by an older absence', async () => {
    await put({ ...emptyClient(ANNA), deals: [deal(17)] })
    expect(await mirror.buryDeal(account, 17, 2 ** 42)).toBe(false)
    expect(await ownerOf(17)).toEqual({ type: 'client', ref: ANNA })
    await mirror.orphanDeal(account, 18, 1000)
    expect(await mirror.buryDeal(account, 18, 999)).toBe(false)
    expect(await mirror.buryDeal(account, 18, 1001)).toBe(true)
    expect(await ownerOf(18)).toEqual({ type: 'deleted', readAt: 1001 })
  })

  it('is found among deals of one bucket and of many', async () => {
    const ids = [1, 99, 100, 199, 31_000_000, 31_000_099]
    await put({ ...emptyClient(ANNA), deals: ids.map((id) => deal(id)) })
    const owners = await mirror.owners(account, ids)
    expect([...owners.values()].every((owner) => owner.type === 'client' && owner.ref.id === 1)).toBe(true)
    expect(await ownerOf(31_000_001)).toEqual({ type: 'unknown' })
  })
})

describe('unread clients', () => {
  it('are those with deals or news whose own card was not read', async () => {
    await put({ ...emptyClient(ANNA), deals: [deal(17)] })
    await put({ ...emptyClient(BORIS), card: CARD })
    const unread = async () => {
      const all: ClientDoc['ref'][] = []
      for await (const refs of mirror.unread(account)) all.push(...refs)
      return all
    }
    expect(await unread()).toEqual([ANNA])
    await put({ ...emptyClient(ANNA), card: CARD })
    expect(await unread()).toEqual([])
  })
})
