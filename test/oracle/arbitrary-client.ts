import fc from 'fast-check'
import type { ClientFacts, DealFacts, FieldFact, FieldFacts, FieldInfo, Lock } from '../../src/segmentation/facts.ts'
import { FIELDS, LOSS_REASONS, STAGES, USERS } from './arbitrary-account.ts'
import { DAYS, PRICES, START, TAGS, TEXTS, TIERS } from './arbitrary-words.ts'
import { dayOfNumber, localMidnight } from './naive-local-day.ts'

const DAY = 86_400

/** Nights on which clocks change, in one zone or another. */
const CHANGES = [
  '2025-10-26T01:00:00Z',
  '2025-11-02T06:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-04-05T03:00:00Z',
  '2025-10-30T21:00:00Z',
  '2026-04-23T22:00:00Z',
  '2026-03-28T22:00:00Z',
].map((text) => Date.parse(text) / 1000)

/** Whole days apart, hours apart, seconds apart, or anything; around nights on which clocks change; and far ahead. */
const instant: fc.Arbitrary<number> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom(...DAYS, 0, 3, 180), fc.integer({ min: -1, max: 1 }))
      .map(([days, more]) => START + days * DAY + more),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -26, max: 26 }), fc.integer({ min: -1, max: 1 }))
      .map(([at, hours, more]) => at + hours * 3_600 + more),
  },
  { weight: 3, arbitrary: fc.integer({ min: START - 900 * DAY, max: START + 400 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: START + 400 * DAY, max: START + 2_000 * DAY }) },
)

/** Dates as midnights of UTC, near and long ago; 29 February among them. See {@link withLocalDates}. */
const date: fc.Arbitrary<number> = fc
  .oneof(
    fc.integer({ min: 20_300, max: 20_700 }),
    fc.integer({ min: -9_000, max: 16_000 }),
    fc.constantFrom(-3_960, 789, 20_512, 19_782),
  )
  .map((day) => day * DAY)

const fieldFact = ({ type, enums }: FieldInfo): fc.Arbitrary<FieldFact> => {
  const values = (value: fc.Arbitrary<string | number | boolean>, maxLength = 1) =>
    fc.array(value, { minLength: 1, maxLength }).map((list) => ({ values: list }))
  if (enums.length > 0) {
    return fc
      .tuple(fc.subarray([...enums], { minLength: 1, maxLength: type === 'multiselect' ? 3 : 1 }), fc.boolean())
      .map(([options, ids]) => ({
        values: options.map((one) => one.value),
        ...(ids ? { enumIds: options.map((one) => one.id) } : {}),
      }))
  }
  switch (type) {
    case 'numeric':
    case 'monetary':
    case 'price':
      return values(fc.oneof(fc.constantFrom(...PRICES), fc.constantFrom(...PRICES).map(String), fc.constant('?')))
    case 'date':
    case 'birthday':
      return values(date)
    case 'date_time':
      return values(instant)
    case 'checkbox':
      return values(fc.boolean())
    default:
      return values(fc.constantFrom(...TEXTS, 35), type === 'multitext' ? 2 : 1)
  }
}

const fieldsOf = (entity: FieldInfo['entity']): fc.Arbitrary<Record<string, FieldFact>> => {
  const some = FIELDS.filter((field) => field.entity === entity).map((field) =>
    fieldFact(field).map((fact) => [field.id, fact] as const),
  )
  return fc.array(fc.oneof(...some), { maxLength: entity === 'lead' ? 2 : 5 }).map((list) => Object.fromEntries(list))
}

const place = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(...Object.keys(STAGES))
      .chain((id) =>
        fc.record({ pipelineId: fc.constant(Number(id)), statusId: fc.constantFrom(...(STAGES[Number(id)] ?? [])) }),
      ),
  },
  { weight: 5, arbitrary: fc.record({ pipelineId: fc.constantFrom(1, 1, 2, 3, 9), statusId: fc.constant(142) }) },
  { weight: 2, arbitrary: fc.record({ pipelineId: fc.constantFrom(1, 2, 3), statusId: fc.constant(143) }) },
  { weight: 1, arbitrary: fc.constant({ pipelineId: 9, statusId: 91 }) },
)

const isClosed = ({ statusId }: { readonly statusId: number }) => statusId === 142 || statusId === 143

const tags = fc.subarray([...TAGS])
const user = fc.constantFrom(...USERS.map((one) => one.id), 0)

/** A deal in any place, known as little as a deal may be. Its id is the position in the list unless given. */
export const dealArbitrary: fc.Arbitrary<Omit<DealFacts, 'id'>> = fc
  .record({
    place,
    price: fc.option(fc.constantFrom(...PRICES)),
    createdAt: fc.oneof(instant, fc.constant(START)),
    updatedAt: instant,
    closing: fc.option(instant, { freq: 8 }),
    closingLeft: fc.constantFrom(false, false, false, true),
    statusSince: fc.option(instant),
    lossReasonId: fc.option(fc.constantFrom(...LOSS_REASONS.map((one) => one.id))),
    responsibleUserId: user,
    tags,
    fields: fieldsOf('lead'),
    sourceId: fc.option(fc.constantFrom(71, 72)),
  })
  .map(({ place: where, closing, closingLeft, ...rest }) => ({
    ...where,
    ...rest,
    closedAt: isClosed(where) || closingLeft ? closing : null,
  }))

const LOCKS = [
  ...['new', 'regular', 'sleeping', 'hot'].map((segment) => ['lifecycle', segment] as const),
  ...['hot', 'cold'].map((segment) => ['temperature', segment] as const),
  ...['in_work', 'refused'].map((segment) => ['standing', segment] as const),
  ...TIERS.map((segment) => ['value', segment] as const),
  ['r0', 'x'] as const,
]

const lock: fc.Arbitrary<Lock> = fc
  .tuple(fc.constantFrom(...LOCKS), fc.option(instant))
  .map(([[dimension, segment], until]) => ({ dimension, segment, author: 'Анна', until }))

const clientOf = (kind: ClientFacts['kind']): fc.Arbitrary<ClientFacts> =>
  fc
    .record({
      kind: fc.constant(kind),
      createdAt: instant,
      responsibleUserId: user,
      tags,
      fields: fieldsOf(kind),
      hasPhone: fc.boolean(),
      hasEmail: fc.boolean(),
      incomingAt: fc.option(instant, { freq: 2 }),
      deals: fc.array(dealArbitrary, { maxLength: 8 }),
      ids: fc.shuffledSubarray([3, 14, 15, 92, 65, 35, 89, 79], { minLength: 8 }),
      locks: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(lock, { maxLength: 3 }) },
      ),
    })
    .map(({ ids, deals, ...rest }) => ({
      ...rest,
      id: 42,
      deals: deals.map((deal, index) => ({ id: ids[index] ?? index, ...deal })),
    }))

/** Clients with up to eight deals, their instants at and around whole numbers of days from each other. */
export const clientArbitrary: fc.Arbitrary<ClientFacts> = fc.oneof(
  { weight: 3, arbitrary: clientOf('contact') },
  { weight: 1, arbitrary: clientOf('company') },
)

const isDate = (id: string): boolean =>
  FIELDS.some((one) => String(one.id) === id && /^(date|birthday)$/.test(one.type))

/** The same client where amoCRM gives dates as midnights of the account's zone. */
export const withLocalDates = (client: ClientFacts, timeZone: string): ClientFacts => {
  const local = (value: string | number | boolean) =>
    typeof value === 'number' ? localMidnight(timeZone, dayOfNumber(value / DAY)) : value
  const fieldsIn = (fields: FieldFacts): FieldFacts =>
    Object.fromEntries(
      Object.entries(fields).map(([id, fact]) => [id, isDate(id) ? { ...fact, values: fact.values.map(local) } : fact]),
    )
  const deals = client.deals.map((deal) => ({ ...deal, fields: fieldsIn(deal.fields) }))
  return { ...client, fields: fieldsIn(client.fields), deals }
}
