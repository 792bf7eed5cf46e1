import fc from 'fast-check'
import type { AccountFacts, ClientFacts, DealFacts, Lock } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { account, BASE, DAY, FIRST, INCOMING, PAID, PRICE, SALES, SERVICE, SPAM, TALKS } from './story.ts'

export const NOW = 1_780_315_200

/** Instants around now, many of them on one day or whole days apart, so that boundaries meet. */
const instant = fc.oneof(
  fc.integer({ min: NOW - 800 * DAY, max: NOW + 30 * DAY }),
  fc.integer({ min: -200, max: 5 }).map((days) => NOW + days * DAY),
  fc.integer({ min: -90_000, max: 90_000 }).map((seconds) => NOW - 90 * DAY + seconds),
)

const pipelineAndStatus = fc.constantFrom(
  ...[
    ...[INCOMING, FIRST, TALKS, PAID, 142, 142, 142, 143, 143].map((statusId) => ({ pipelineId: SALES, statusId })),
    ...[21, 22, 142, 143].map((statusId) => ({ pipelineId: SERVICE, statusId })),
    ...[31, 32, 142].map((statusId) => ({ pipelineId: BASE, statusId })),
    { pipelineId: 999, statusId: 998 },
  ],
)

const dealArb = (id: number): fc.Arbitrary<DealFacts> =>
  fc
    .record({
      place: pipelineAndStatus,
      price: fc.option(fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.double({ min: 0, max: 1e12, noNaN: true })), {
        freq: 5,
      }),
      createdAt: instant,
      updatedAt: instant,
      closedAt: fc.option(instant, { freq: 5 }),
      statusSince: fc.option(instant),
      lossReasonId: fc.constantFrom(null, SPAM, PRICE, 999),
      paidAt: fc.option(instant),
    })
    .map(({ place, paidAt, ...deal }) => ({
      ...deal,
      ...place,
      id,
      responsibleUserId: 5,
      tags: [],
      fields: paidAt === null ? {} : { 901: { values: [paidAt] } },
    }))

const lockArb: fc.Arbitrary<Lock> = fc.record({
  dimension: fc.constantFrom('lifecycle', 'temperature', 'standing', 'value', 'other'),
  segment: fc.constantFrom('new', 'sleeping', 'regular', 'hot', 'cold', 'refused', 'in_work', 'Золото', 'nonsense'),
  author: fc.constant('Анна'),
  until: fc.option(instant, { freq: 4 }),
})

export const clientArb: fc.Arbitrary<ClientFacts> = fc.record({
  kind: fc.constantFrom('contact', 'company'),
  id: fc.constant(42),
  createdAt: instant,
  responsibleUserId: fc.constant(5),
  tags: fc.constant([]),
  fields: fc.constant({}),
  hasPhone: fc.boolean(),
  hasEmail: fc.boolean(),
  incomingAt: fc.option(instant),
  deals: fc
    .integer({ min: 0, max: 9 })
    .chain((size) => fc.tuple(...Array.from({ length: size }, (_, index) => dealArb(index + 1)))),
  locks: fc.oneof(fc.constant([]), fc.array(lockArb, { maxLength: 4 })),
})

const risingFour = fc
  .uniqueArray(fc.integer({ min: 1, max: 700 }), { minLength: 4, maxLength: 4 })
  .map((bounds) => bounds.toSorted((one, other) => one - other))

const valueArb: fc.Arbitrary<NonNullable<PolicyInput['value']>> = fc.record({
  tiers: fc.constantFrom(
    [],
    [
      { label: 'Золото', from: 50_000 },
      { label: 'Серебро', from: 1_000 },
    ],
    [{ label: 'Все', from: 0 }],
  ),
  windowDays: fc.option(fc.constantFrom(1, 30, 90, 365)),
  rfm: fc.option(fc.record({ recencyDays: risingFour, frequency: risingFour, monetary: risingFour })),
})

const RULES: NonNullable<PolicyInput['rules']> = [
  { id: 'asleep', label: 'Спит', target: 'client', when: { fact: 'lifecycle', op: 'eq', value: 'sleeping' } },
  {
    id: 'quiet',
    label: 'Затих',
    target: 'client',
    when: { fact: 'daysSinceLastPurchase', op: 'between', value: [20, 60] },
  },
  {
    id: 'not-gold',
    label: 'Не золото',
    target: 'client',
    when: { not: { fact: 'value.tier', op: 'eq', value: 'Золото' } },
  },
  { id: 'stuck', label: 'Завис', target: 'deal', when: { fact: 'createdAt', op: 'older_than_days', value: 30 } },
]

export const settingsArb: fc.Arbitrary<PolicyInput> = fc.record({
  clientEntity: fc.constantFrom('contact', 'company'),
  purchasePipelines: fc.constantFrom(
    [],
    [{ pipelineId: SALES, statusIds: [142, PAID] }],
    [{ pipelineId: SERVICE }, { pipelineId: SALES }],
  ),
  purchaseDateField: fc.constantFrom(null, 901, 'PAID_AT', 'NO_SUCH'),
  minPrice: fc.constantFrom(0, 500),
  mergeSameDay: fc.boolean(),
  firstPurchaseIsNewForDays: fc.constantFrom(0, 30, 90, 120),
  sleeping: fc.record({ mode: fc.constantFrom('fixed', 'rhythm'), days: fc.constantFrom(30, 90, 730) }),
  rhythm: fc.record({
    minPurchases: fc.constantFrom(2, 3),
    factor: fc.constantFrom(0.5, 1.37, 2),
    minDays: fc.constantFrom(1, 14),
    maxDays: fc.constantFrom(20, 365),
  }),
  regular: fc.record({ minPurchases: fc.constantFrom(2, 3), windowDays: fc.constantFrom(60, 365) }),
  junkReasons: fc.subarray([SPAM, PRICE]),
  value: valueArb,
  card: fc.constantFrom(null, { pipelineId: BASE, statuses: { sleeping: 33 } }),
  rules: fc.subarray(RULES),
})

export const aroundArb: fc.Arbitrary<AccountFacts> = fc
  .record({
    timeZone: fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Chatham', 'Nowhere/Land'),
    count: fc.constantFrom(0, 99, 100, 5_000),
    quantileSeconds: fc.constantFrom(null, 0.5, 45 * DAY + 0.25),
  })
  .map(({ timeZone, ...gaps }) => ({ ...account, timeZone, aggregates: { gaps } }))
