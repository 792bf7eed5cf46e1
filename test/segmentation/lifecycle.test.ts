import { describe, expect, it } from 'vitest'
import type { AccountFacts, DealFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import type { LifecycleSegment } from '../../src/segmentation/verdict.ts'
import { at, client, DAY, seen, won } from './story.ts'

type Row = [story: string, deals: readonly DealFacts[], moment: string, expected: LifecycleSegment]

const lifecycle = (deals: readonly DealFacts[], moment: string, settings: PolicyInput = {}) =>
  seen(client(deals), moment, settings).lifecycle

describe('lifecycle by the default policy', () => {
  it.each<Row>([
    ['who never bought is new', [], '2026-03-01', 'new'],
    ['who has just bought for the first time is one-time', [won('2026-03-01 10:00')], '2026-03-01 10:00', 'one_time'],
    ['one second before 90 days he is one-time', [won('2026-03-01 10:00')], '2026-05-30 09:59:59', 'one_time'],
    ['at 90 days to the second he sleeps', [won('2026-03-01 10:00')], '2026-05-30 10:00', 'sleeping'],
    ['years later he still sleeps', [won('2026-03-01 10:00')], '2036-03-01', 'sleeping'],
    ['two purchases make him periodic', [won('2026-02-01'), won('2026-03-01')], '2026-03-02', 'periodic'],
    ['two purchases on one day are one', [won('2026-03-01 09:00'), won('2026-03-01 19:00')], '2026-03-02', 'one_time'],
    [
      'three within a year make him regular',
      [won('2026-01-01'), won('2026-02-01'), won('2026-03-01')],
      '2026-03-02',
      'regular',
    ],
    [
      'three on two days make him periodic',
      [won('2026-02-01 10:00'), won('2026-02-01 12:00'), won('2026-03-01')],
      '2026-03-02',
      'periodic',
    ],
    [
      'one second before the third last turns 365 days he is regular',
      [won('2025-04-01 10:00'), won('2026-02-01'), won('2026-03-01')],
      '2026-04-01 09:59:59',
      'regular',
    ],
    [
      'at 365 days of the third last he is periodic',
      [won('2025-04-01 10:00'), won('2026-02-01'), won('2026-03-01')],
      '2026-04-01 10:00',
      'periodic',
    ],
    [
      'many purchases long ago and one now make him periodic',
      [won('2020-01-01'), won('2020-02-01'), won('2020-03-01'), won('2020-04-01'), won('2026-03-01')],
      '2026-03-02',
      'periodic',
    ],
    [
      'sleep goes before being regular',
      [won('2026-01-01'), won('2026-02-01'), won('2026-03-01 10:00')],
      '2026-05-30 10:00',
      'sleeping',
    ],
    ['who wakes up by a second purchase is periodic', [won('2025-01-01'), won('2026-03-01')], '2026-03-02', 'periodic'],
  ])('%s', (_story, deals, moment, expected) => {
    expect(lifecycle(deals, moment).segment).toBe(expected)
  })
})

describe('a first purchase that keeps a client new', () => {
  const settings: PolicyInput = { firstPurchaseIsNewForDays: 30 }

  it.each<Row>([
    ['on its day he is new', [won('2026-03-01 10:00')], '2026-03-01 10:00', 'new'],
    ['one second before 30 days he is new', [won('2026-03-01 10:00')], '2026-03-31 09:59:59', 'new'],
    ['at 30 days he is one-time', [won('2026-03-01 10:00')], '2026-03-31 10:00', 'one_time'],
    ['at 90 days he sleeps', [won('2026-03-01 10:00')], '2026-05-30 10:00', 'sleeping'],
    ['a second purchase ends it at once', [won('2026-03-01'), won('2026-03-03')], '2026-03-04', 'periodic'],
  ])('%s', (_story, deals, moment, expected) => {
    expect(lifecycle(deals, moment, settings).segment).toBe(expected)
  })

  it('goes straight to sleep where newness outlasts the threshold', () => {
    const long = { firstPurchaseIsNewForDays: 120 }
    const fresh = lifecycle([won('2026-03-01 10:00')], '2026-06-15', long)
    expect(fresh).toMatchObject({ segment: 'new', until: at('2026-03-01 10:00') + 120 * DAY })
    expect(lifecycle([won('2026-03-01 10:00')], '2026-06-29 10:00', long).segment).toBe('sleeping')
  })
})

describe('other thresholds', () => {
  it.each<[string, PolicyInput, string, LifecycleSegment]>([
    ['30 days, one second before', { sleeping: { days: 30 } }, '2026-03-31 09:59:59', 'one_time'],
    ['30 days', { sleeping: { days: 30 } }, '2026-03-31 10:00', 'sleeping'],
    ['730 days, one second before', { sleeping: { days: 730 } }, '2028-02-29 09:59:59', 'one_time'],
    ['730 days', { sleeping: { days: 730 } }, '2028-02-29 10:00', 'sleeping'],
  ])('%s', (_story, settings, moment, expected) => {
    expect(lifecycle([won('2026-03-01 10:00')], moment, settings).segment).toBe(expected)
  })

  it('lets two purchases within 60 days make a regular', () => {
    const settings: PolicyInput = { regular: { minPurchases: 2, windowDays: 60 } }
    const deals = [won('2026-02-01 10:00'), won('2026-03-01')]
    expect(lifecycle(deals, '2026-04-02 09:59:59', settings).segment).toBe('regular')
    expect(lifecycle(deals, '2026-04-02 10:00', settings).segment).toBe('periodic')
  })
})

describe('a rhythm of his own', () => {
  const rhythm: PolicyInput = { sleeping: { mode: 'rhythm' } }
  const everyDays = (...gaps: number[]) => {
    let moment = at('2026-01-01')
    return [0, ...gaps].map((gap) => {
      moment += gap * DAY
      return won('2026-01-01', { closedAt: moment, updatedAt: moment })
    })
  }
  const thresholdDays = (
    deals: readonly DealFacts[],
    settings: PolicyInput,
    aggregates?: AccountFacts['aggregates'],
  ) => {
    const { reason } = seen(client(deals), '2026-01-01', settings, aggregates ? { aggregates } : {}).lifecycle
    return 'thresholdSeconds' in reason.facts ? [reason.facts.thresholdSeconds / DAY, reason.facts.thresholdFrom] : null
  }
  const gaps = (count: number, days: number | null) => ({
    gaps: { count, quantileSeconds: days === null ? null : days * DAY },
  })

  it.each<[string, readonly DealFacts[], PolicyInput, AccountFacts['aggregates'] | undefined, [number, string]]>([
    ['twice the median of two gaps', everyDays(20, 40), rhythm, undefined, [60, 'own_rhythm']],
    ['twice the middle of three gaps', everyDays(100, 20, 30), rhythm, undefined, [60, 'own_rhythm']],
    ['no shorter than 14 days', everyDays(1, 1, 1), rhythm, undefined, [14, 'own_rhythm']],
    ['no longer than 365 days', everyDays(300, 300), rhythm, undefined, [365, 'own_rhythm']],
    ['another factor', everyDays(20, 20), { ...rhythm, rhythm: { factor: 1.5 } }, undefined, [30, 'own_rhythm']],
    ['two purchases are no rhythm', everyDays(20), rhythm, undefined, [90, 'too_few_gaps']],
    [
      'but are where two suffice',
      everyDays(20),
      { ...rhythm, rhythm: { minPurchases: 2 } },
      undefined,
      [40, 'own_rhythm'],
    ],
    ["the account's rhythm from 100 gaps on", everyDays(20), rhythm, gaps(100, 45), [45, 'account_rhythm']],
    ['not with 99 gaps', everyDays(20), rhythm, gaps(99, 45), [90, 'too_few_gaps']],
    [
      'the fixed days where the account has none',
      everyDays(20),
      { sleeping: { mode: 'rhythm', days: 120 } },
      undefined,
      [120, 'too_few_gaps'],
    ],
    ["his own goes before the account's", everyDays(20, 20), rhythm, gaps(5_000, 45), [40, 'own_rhythm']],
    ['nothing of it in the mode fixed', everyDays(20, 20), {}, gaps(5_000, 45), [90, 'fixed']],
  ])('%s', (_story, deals, settings, aggregates, expected) => {
    expect(thresholdDays(deals, settings, aggregates)).toEqual(expected)
  })

  it('rounds a threshold up to whole seconds: part of one is not yet silence enough', () => {
    const [first, last] = [at('2026-01-01'), at('2026-01-21') + 1]
    const deals = [first, last].map((closedAt) => won('2026-01-01', { closedAt }))
    const settings: PolicyInput = { sleeping: { mode: 'rhythm' }, rhythm: { minPurchases: 2, factor: 1.5 } }
    expect(lifecycle(deals, '2026-01-22', settings).until).toBe(last + 30 * DAY + 2)
    const quantile = { gaps: { count: 100, quantileSeconds: 45 * DAY + 0.25 } }
    const [deal] = deals
    const verdict = seen(client(deal ? [deal] : []), '2026-01-22', rhythm, { aggregates: quantile })
    expect(verdict.lifecycle.until).toBe(first + 45 * DAY + 1)
  })

  it('sleeps at the very second', () => {
    const deals = everyDays(20, 20)
    const asleepAt = at('2026-01-01') + (40 + 40) * DAY
    expect(seen(client(deals), '2026-03-22 11:59:59', rhythm).lifecycle).toMatchObject({
      segment: 'regular',
      until: asleepAt,
    })
    expect(seen(client(deals), '2026-03-22 12:00', rhythm).lifecycle.segment).toBe('sleeping')
  })
})

describe('until when a segment stands', () => {
  it.each<[string, readonly DealFacts[], string, PolicyInput, string | null]>([
    ['never bought: for ever', [], '2026-03-02', {}, null],
    ['one-time: until sleep', [won('2026-03-01 10:00')], '2026-03-02', {}, '2026-05-30 10:00'],
    ['sleeping: for ever', [won('2026-03-01')], '2027-03-02', {}, null],
    [
      'new by one purchase: until its days are over',
      [won('2026-03-01 10:00')],
      '2026-03-02',
      { firstPurchaseIsNewForDays: 30 },
      '2026-03-31 10:00',
    ],
    [
      'regular: until sleep',
      [won('2026-01-01'), won('2026-02-01'), won('2026-03-01 10:00')],
      '2026-03-02',
      {},
      '2026-05-30 10:00',
    ],
    [
      'regular: until the third last leaves the window, if that is sooner',
      [won('2025-04-01 10:00'), won('2026-02-01'), won('2026-03-01')],
      '2026-03-02',
      {},
      '2026-04-01 10:00',
    ],
  ])('%s', (_story, deals, moment, settings, expected) => {
    expect(lifecycle(deals, moment, settings).until).toBe(expected === null ? null : at(expected))
  })
})
