import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPolicy } from '../../src/segmentation/check-policy.ts'
import { compilePolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { desiredState } from '../../src/segmentation/desired.ts'
import type { AccountFacts, ClientFacts, FieldFacts } from '../../src/segmentation/facts.ts'
import { parsePolicy } from '../../src/segmentation/policy.ts'
import { accountArbitrary, FIELDS } from './arbitrary-account.ts'
import { clientArbitrary } from './arbitrary-client.ts'
import { FACTS } from './arbitrary-condition.ts'
import { policyInputArbitrary, RULES } from './arbitrary-policy.ts'

const RUNS = 500

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.constantFrom('2026-02-30', '9999-12-31', '-1', '142', 'Спам', ''),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
)

const names = fc.oneof(
  fc.constantFrom(...FACTS.client.map((one) => one.name), ...FACTS.deal.map((one) => one.name)),
  fc.constantFrom('__proto__', 'constructor', 'client.', 'field:', 'field:constructor', 'lastDeal.toString', 'field:0'),
)

const OPS = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'contains', 'not_contains'] as const

/** Any comparison of sound form, sensible or not. */
const comparison = fc.oneof(
  fc.record({ fact: names, op: fc.constantFrom(...OPS), value: scalar }),
  fc.record({
    fact: names,
    op: fc.constantFrom('in' as const, 'not_in' as const),
    value: fc.array(scalar, { maxLength: 3 }),
  }),
  fc.record({ fact: names, op: fc.constant('between' as const), value: fc.tuple(scalar, scalar) }),
  fc.record({
    fact: names,
    op: fc.constantFrom('within_days' as const, 'older_than_days' as const),
    value: fc.double({ min: 0, max: 36_500, noNaN: true }),
  }),
  fc.record({ fact: names, op: fc.constantFrom('exists' as const, 'not_exists' as const) }),
)

const rules = fc
  .array(
    fc.record({ target: fc.constantFrom('client' as const, 'deal' as const), when: comparison, not: fc.boolean() }),
    {
      maxLength: 6,
    },
  )
  .map((list) =>
    list.map(({ target, when, not }, index) => ({
      id: `r${index}`,
      label: 'x',
      target,
      when: not ? { not: when } : when,
    })),
  )

const account: fc.Arbitrary<AccountFacts> = fc
  .record({
    whole: accountArbitrary,
    timeZone: fc.constantFrom(null, 'Mars/Olympus', ''),
    empty: fc.boolean(),
  })
  .map(({ whole, timeZone, empty }) => ({
    ...whole,
    timeZone: timeZone ?? whole.timeZone,
    ...(empty ? { pipelines: [], fields: [], lossReasons: [], users: [] } : {}),
  }))

const anyInstant = fc.oneof(
  fc.integer({ min: 0, max: 4_000_000_000 }),
  fc.constantFrom(0, 1, -1, 4_102_444_800, 253_402_300_799, 1_767_225_600_000),
)

const anyFields: fc.Arbitrary<FieldFacts> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...FIELDS.map((one) => one.id), 1),
      fc.array(fc.oneof(scalar, anyInstant, fc.maxSafeInteger()), { maxLength: 2 }),
    ),
    { maxLength: 6 },
  )
  .map((list) => Object.fromEntries(list.map(([id, values]) => [id, { values }])))

/** Clients as no amoCRM would give them, of the right shape all the same. */
const client: fc.Arbitrary<ClientFacts> = fc
  .record({
    whole: clientArbitrary,
    fields: anyFields,
    dealFields: anyFields,
    instants: fc.array(anyInstant, { minLength: 4, maxLength: 4 }),
  })
  .map(({ whole, fields, dealFields, instants: [one = 0, two = 0, three = 0, four = 0] }) => ({
    ...whole,
    fields,
    createdAt: one,
    deals: whole.deals.map((deal, index) =>
      index % 2 === 0 ? deal : { ...deal, fields: dealFields, closedAt: two, statusSince: three, updatedAt: four },
    ),
  }))

describe('whatever is of the right shape', () => {
  it('is decided, with a change ahead or none', () => {
    fc.assert(
      fc.property(
        account,
        policyInputArbitrary(fc.oneof(rules, RULES)),
        client,
        anyInstant,
        (around, input, who, now) => {
          const parsing = parsePolicy(input)
          if (parsing.type !== 'ok') throw new Error(JSON.stringify(parsing.problems))
          checkPolicy(parsing.policy, around)
          checkPolicy(parsing.policy, null)
          const compiled = compilePolicy(parsing.policy, around)
          const verdict = decide(who, compiled, now)
          desiredState(who, verdict, compiled)
          const { nextChangeAt } = verdict
          expect(nextChangeAt === null || (Number.isSafeInteger(nextChangeAt) && nextChangeAt > now)).toBe(true)
        },
      ),
      { numRuns: RUNS },
    )
  })
})
