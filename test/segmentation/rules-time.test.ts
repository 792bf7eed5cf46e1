import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ClientFacts, Seconds } from '../../src/segmentation/facts.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { ACCOUNT, aClient, aDeal, aRule, ask, asker, DAY, NOON, values, won } from './rules-support.ts'

const at = (text: string): Seconds => Date.parse(text) / 1000
const born = (day: string) => aClient({ fields: { 7: values(at(`${day}T00:00:00+03:00`)) } })
const answerAt = (when: Condition, client: ClientFacts, now: Seconds) => {
  const { matches, nextChangeAt } = ask(aRule(when), client, now)
  return { holds: matches.length > 0, nextChangeAt }
}

const X = NOON
const buyer = aClient({ deals: [won(1, X)] })

describe('at the very second', () => {
  it.each([
    [{ fact: 'purchases.last', op: 'within_days', value: 2 }, X - 1, false, X],
    [{ fact: 'purchases.last', op: 'within_days', value: 2 }, X, true, X + 2 * DAY],
    [{ fact: 'purchases.last', op: 'within_days', value: 2 }, X + 2 * DAY - 1, true, X + 2 * DAY],
    [{ fact: 'purchases.last', op: 'within_days', value: 2 }, X + 2 * DAY, false, null],
    [{ fact: 'purchases.last', op: 'within_days', value: 0 }, X, false, null],
    [{ fact: 'purchases.last', op: 'older_than_days', value: 2 }, X + 2 * DAY - 1, false, X + 2 * DAY],
    [{ fact: 'purchases.last', op: 'older_than_days', value: 2 }, X + 2 * DAY, true, null],
    [{ fact: 'purchases.last', op: 'older_than_days', value: 0 }, X - 1, false, X],
    [{ fact: 'daysSinceLastPurchase', op: 'lt', value: 2 }, X - 1, true, X + 2 * DAY],
    [{ fact: 'daysSinceLastPurchase', op: 'lt', value: 2 }, X + 2 * DAY, false, null],
    [{ fact: 'daysSinceLastPurchase', op: 'lte', value: 2 }, X + 2 * DAY, true, X + 2 * DAY + 1],
    [{ fact: 'daysSinceLastPurchase', op: 'gt', value: 2 }, X + 2 * DAY, false, X + 2 * DAY + 1],
    [{ fact: 'daysSinceLastPurchase', op: 'gte', value: 2 }, X + 2 * DAY - 1, false, X + 2 * DAY],
    [{ fact: 'daysSinceLastPurchase', op: 'gte', value: 0 }, X, true, null],
    [{ fact: 'daysSinceLastPurchase', op: 'gte', value: 0.5 }, X + DAY / 2, true, null],
    [{ fact: 'daysSinceLastPurchase', op: 'between', value: [1, 2] }, X, false, X + DAY],
    [{ fact: 'daysSinceLastPurchase', op: 'between', value: [1, 2] }, X + DAY, true, X + 2 * DAY + 1],
    [{ fact: 'purchases.last', op: 'lt', value: '2030-01-01' }, X, true, null],
    [{ fact: 'lifecycle', op: 'eq', value: 'sleeping' }, X + 90 * DAY - 1, false, X + 90 * DAY],
    [{ fact: 'temperature', op: 'eq', value: 'hot' }, X + 90 * DAY, false, null],
  ] satisfies [Condition, Seconds, boolean, Seconds | null][])(
    '%j at %d: %s, until %s',
    (when, now, expected, next) => {
      expect(answerAt(when, buyer, now)).toEqual({ holds: expected, nextChangeAt: next })
    },
  )

  it('counts the days of a deal in its status', () => {
    const deals = [aDeal({ id: 1, statusSince: X }), aDeal({ id: 2, statusSince: null })]
    const rule = aRule({ fact: 'daysInStatus', op: 'gte', value: 14 }, { target: 'deal' })
    const before = ask(rule, aClient({ deals }), X + 14 * DAY - 1)
    expect(before).toMatchObject({ matches: [], nextChangeAt: X + 14 * DAY })
    const after = ask(rule, aClient({ deals }), X + 14 * DAY)
    expect(after).toMatchObject({ matches: [{ dealId: 1 }], nextChangeAt: null })
  })

  it('names the earliest change of several rules and deals', () => {
    const deals = [aDeal({ id: 1, statusSince: X + 5 }), aDeal({ id: 2, statusSince: X })]
    const rules = [7, 3, 9].map((days) =>
      aRule({ fact: 'daysInStatus', op: 'gte', value: days }, { id: `${days}`, target: 'deal' }),
    )
    expect(ask(rules, aClient({ deals }), X).nextChangeAt).toBe(X + 3 * DAY)
  })

  it('passes over an instant at which parts change but the whole does not', () => {
    const when: Condition = {
      any: [
        { fact: 'purchases.last', op: 'within_days', value: 2 },
        { fact: 'purchases.last', op: 'older_than_days', value: 2 },
        { fact: 'purchases.last', op: 'within_days', value: 1 },
      ],
    }
    expect(answerAt(when, buyer, X)).toEqual({ holds: true, nextChangeAt: null })
  })
})

describe('birthdays', () => {
  const soon: Condition = { fact: 'birthday.daysUntil', op: 'lte', value: 7 }

  it.each([
    ['1990-06-25', '2026-06-17T23:59:59+03:00', false, '2026-06-18T00:00:00+03:00'],
    ['1990-06-25', '2026-06-18T00:00:00+03:00', true, '2026-06-26T00:00:00+03:00'],
    ['1990-06-25', '2026-06-25T23:59:59+03:00', true, '2026-06-26T00:00:00+03:00'],
    ['1990-06-25', '2026-06-26T00:00:00+03:00', false, '2027-06-18T00:00:00+03:00'],
    ['1990-01-03', '2026-12-27T00:00:00+03:00', true, '2027-01-04T00:00:00+03:00'],
    ['1992-02-29', '2026-02-20T23:59:59+03:00', false, '2026-02-21T00:00:00+03:00'],
    ['1992-02-29', '2026-02-28T12:00:00+03:00', true, '2026-03-01T00:00:00+03:00'],
    ['1992-02-29', '2028-02-29T12:00:00+03:00', true, '2028-03-01T00:00:00+03:00'],
    ['1955-06-25', '2026-06-18T00:00:00+03:00', true, '2026-06-26T00:00:00+03:00'],
  ])('born %s, asked at %s: %s until %s', (day, now, expected, next) => {
    expect(answerAt(soon, born(day), at(now))).toEqual({ holds: expected, nextChangeAt: at(next) })
  })

  it('knows that a rule which takes in every day never changes again', () => {
    const always: Condition = { fact: 'birthday.daysUntil', op: 'lte', value: 365 }
    expect(answerAt(always, born('1990-06-25'), NOON)).toEqual({ holds: true, nextChangeAt: null })
  })

  it('finds a change that only a leap year brings, across 2100', () => {
    const leapOnly: Condition = { fact: 'birthday.daysUntil', op: 'eq', value: 365 }
    const client = born('1990-06-25')
    expect(answerAt(leapOnly, client, at('2026-06-26T12:00:00+03:00')).nextChangeAt).toBe(at('2027-06-26T00:00+03:00'))
    expect(answerAt(leapOnly, client, at('2096-06-26T12:00:00+03:00')).nextChangeAt).toBe(at('2103-06-26T00:00+03:00'))
  })

  it('counts on the last evening before the numbers of days begin', () => {
    const account = { ...ACCOUNT, timeZone: 'America/Havana' }
    const client = aClient({ fields: { 7: values(at('1990-01-02T00:00:00Z')) } })
    const { matches, nextChangeAt } = ask(aRule(soon), client, 35, account)
    expect(matches).toHaveLength(1)
    expect(nextChangeAt).toBe(at('1970-01-03T05:00:00Z'))
  })

  it('follows the zone of the account, also where clocks skip midnight', () => {
    const account = { ...ACCOUNT, timeZone: 'Africa/Cairo' }
    const client = aClient({ fields: { 7: values(at('1990-05-01T00:00:00Z')) } })
    const { nextChangeAt } = ask(aRule(soon), client, at('2026-04-20T12:00:00Z'), account)
    expect(nextChangeAt).toBe(at('2026-04-23T22:00:00Z'))
  })
})

describe('any composite', () => {
  const days = fc.integer({ min: 0, max: 400 })
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    fc.record({
      fact: fc.constantFrom('purchases.last', 'purchases.first', 'createdAt', 'field:5', 'field:6'),
      op: fc.constantFrom('within_days' as const, 'older_than_days' as const),
      value: days,
    }),
    fc.record({
      fact: fc.constantFrom('daysSinceLastPurchase', 'birthday.daysUntil', 'field:5.daysUntil', 'purchases.count'),
      op: fc.constantFrom('lt' as const, 'lte' as const, 'gt' as const, 'gte' as const),
      value: days,
    }),
    fc.record({
      fact: fc.constantFrom('birthday.daysUntil', 'field:5.daysUntil'),
      op: fc.constantFrom('eq' as const, 'ne' as const),
      value: days,
    }),
    fc.record({
      fact: fc.constant('lifecycle'),
      op: fc.constantFrom('eq' as const, 'ne' as const),
      value: fc.constantFrom('sleeping', 'one_time', 'regular'),
    }),
  )
  const tree: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.record({ all: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('node'), { maxLength: 3 }) }),
      fc.record({ not: tie('node') }),
    ),
  })).node
  const ago = fc.integer({ min: -50 * DAY, max: 400 * DAY }).map((seconds) => NOON - seconds)
  const client = fc
    .record({
      deals: fc.array(ago, { maxLength: 4 }),
      created: ago,
      until: ago,
      visit: ago,
      birthday: fc.integer({ min: 0, max: 20_000 }),
    })
    .map(({ deals, created, until, visit, birthday }) =>
      aClient({
        createdAt: created,
        deals: deals.map((instant, index) => won(index + 1, instant)),
        fields: { 5: values(until), 6: values(visit), 7: values(birthday * DAY) },
      }),
    )

  const instantsOf = (one: ClientFacts): Seconds[] => [
    one.createdAt,
    ...one.deals.flatMap((deal) => (deal.closedAt === null ? [] : [deal.closedAt])),
    ...['5', '6'].flatMap((id) => (one.fields[id]?.values ?? []).map(Number)),
  ]
  const daysIn = (when: Condition): number[] => {
    if ('fact' in when) return 'value' in when && typeof when.value === 'number' ? [when.value] : []
    if ('not' in when) return daysIn(when.not)
    return ('all' in when ? when.all : when.any).flatMap(daysIn)
  }
  const MIDNIGHT = at('2026-06-15T00:00:00+03:00')
  const TEN_YEARS = Array.from({ length: 3_653 }, (_, day) => MIDNIGHT + day * DAY)

  /** Every instant at which anything named in the condition could change, within ten years. */
  const candidates = (when: Condition, one: ClientFacts): Seconds[] => {
    const shifts = [0, 90, 365, ...daysIn(when)]
    const edges = instantsOf(one).flatMap((x) => shifts.flatMap((n) => [x + n * DAY, x + n * DAY + 1]))
    return [...edges, ...TEN_YEARS].filter((instant) => instant > NOON).sort((a, b) => a - b)
  }

  it('changes first exactly where trying every instant finds it', () => {
    fc.assert(
      fc.property(tree, client, (when, one) => {
        const answer = asker(aRule(when), one)
        const now = answer(NOON).matches.length
        const tried = candidates(when, one).find((instant) => answer(instant).matches.length !== now) ?? null
        expect(answer(NOON).nextChangeAt).toBe(tried)
      }),
      { numRuns: 200 },
    )
  })
})
