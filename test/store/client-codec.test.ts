import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Lock } from '../../src/segmentation/facts.ts'
import { decodeClient, encodeClient, revisionPrefix } from '../../src/store/client-codec.ts'
import type { CardFacts, ClientDoc, ClientFigures, Decided, MirroredDeal } from '../../src/store/client-doc.ts'
import { clientKey } from '../../src/store/client-key.ts'
import { clientWithDeals } from './sample-client.ts'

const id = fc.integer({ min: 1, max: 2 ** 40 })
const seconds = fc.integer({ min: 1, max: 2 ** 33 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
const tags = fc.array(text, { maxLength: 4 })
const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
const fact = fc
  .tuple(
    fc.array(
      value.map((one) => (Object.is(one, -0) ? 0 : one)),
      { maxLength: 3 },
    ),
    fc.option(fc.array(id), { nil: undefined }),
  )
  .map(([values, enumIds]) => (enumIds ? { values, enumIds } : { values }))
const fields = fc.dictionary(id.map(String), fact, { maxKeys: 3 })
/** A write that is over for long is not worth its bytes, so only recent ones come back. */
const readings = fc
  .record({
    readAt: fc.integer({ min: 200_000, max: 2 ** 42 }),
    age: fc.integer({ min: -60_000, max: 119_999 }),
    wrote: fc.boolean(),
  })
  .map(({ readAt, age, wrote }) => ({ readAt, wroteAt: wrote ? readAt - age : 0 }))

const card: fc.Arbitrary<CardFacts> = fc
  .record({
    createdAt: seconds,
    responsibleUserId: fc.nat(),
    tags,
    fields,
    hasPhone: fc.boolean(),
    hasEmail: fc.boolean(),
    companyId: maybe(id),
    reading: readings,
  })
  .map(({ reading, ...rest }) => ({ ...rest, ...reading }))

const deal: fc.Arbitrary<MirroredDeal> = fc
  .record({
    id,
    pipelineId: id,
    statusId: id,
    price: maybe(fc.oneof(fc.nat(), fc.constant(0), fc.constant(10.5))),
    createdAt: seconds,
    updatedAt: seconds,
    closedAt: maybe(seconds),
    statusSince: maybe(seconds),
    lossReasonId: maybe(id),
    responsibleUserId: fc.nat(),
    sourceId: maybe(id),
    tags,
    fields,
    reading: readings,
  })
  .map(({ reading, ...rest }) => ({ ...rest, ...reading }))

const decided: fc.Arbitrary<Decided> = fc.record({
  at: seconds,
  lifecycle: fc.constantFrom('new', 'one_time', 'periodic', 'regular', 'sleeping'),
  temperature: fc.constantFrom('hot', 'warm', 'cold'),
  standing: maybe(fc.constantFrom('in_work', 'low_quality', 'refused')),
  tier: maybe(name),
  rules: fc.array(name, { maxLength: 3 }),
})

const lock: fc.Arbitrary<Lock> = fc.record({ dimension: text, segment: text, author: text, until: maybe(seconds) })

const figures: fc.Arbitrary<ClientFigures> = fc.record({
  ltv: fc.nat().map((hundredths) => hundredths / 100),
  purchases: fc.nat(1_000),
  lastPurchaseAt: maybe(seconds),
  sleepsAt: maybe(seconds),
  nextChangeAt: maybe(seconds),
  responsibleUserId: fc.nat(),
})

/** Figures follow from a decision. */
const outcome = fc.oneof(fc.record({ decided, figures: maybe(figures) }), fc.constant({ decided: null, figures: null }))

const doc: fc.Arbitrary<ClientDoc> = fc
  .record({
    rev: fc.nat(),
    ref: fc.record({ kind: fc.constantFrom('contact', 'company'), id }),
    card: maybe(card),
    deals: fc.array(deal, { maxLength: 4 }),
    incomingAt: maybe(seconds),
    locks: fc.array(lock, { maxLength: 2 }),
    outcome,
    fired: fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), seconds, { maxKeys: 2, noNullPrototype: true }),
    held: fc.option(fc.string()),
    dueAt: maybe(seconds),
  })
  .map(({ outcome: { decided, figures }, ...rest }) => ({ ...rest, decided, figures }))

describe('a stored client', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(doc, (client) => {
        expect(decodeClient(clientKey(client.ref), encodeClient(client))).toEqual(client)
      }),
      { numRuns: 300 },
    )
  })

  it('begins with its revision, so that a script can compare it unparsed', () => {
    const client = clientWithDeals(3)
    const stored = encodeClient({ ...client, rev: 12 })
    expect(stored.startsWith(revisionPrefix(12))).toBe(true)
    expect(stored.startsWith(revisionPrefix(1))).toBe(false)
  })

  it('takes less than 700 bytes with three deals', () => {
    expect(Buffer.byteLength(encodeClient(clientWithDeals(3)))).toBeLessThan(700)
  })

  it('forgets a write that no reading still on its way can be older than', () => {
    const client = clientWithDeals(1)
    const wrote = { ...client, deals: client.deals.map((one) => ({ ...one, wroteAt: one.readAt - 120_000 })) }
    expect(decodeClient('c5', encodeClient(wrote)).deals[0]?.wroteAt).toBe(0)
  })

  it.each([
    ['an unknown format', 'c5', '[1,99,0,[],0,0,0]'],
    ['a key that names no client', 'z5', '[1,1,0,[],0,0,0]'],
  ])('is refused with %s', (_, key, stored) => {
    expect(() => decodeClient(key, stored)).toThrow(/unknown format/)
  })
})
