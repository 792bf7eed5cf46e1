import { describe, expect, it } from 'vitest'
import type { DealFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { at, client, DAY, seen, won } from './story.ts'

const tiers = [
  { label: 'Золото', from: 100_000 },
  { label: 'Бронза', from: 10_000 },
  { label: 'Серебро', from: 50_000 },
]
const rfm = { recencyDays: [30, 90, 180, 365], frequency: [2, 3, 5, 8], monetary: [5_000, 20_000, 50_000, 100_000] }

const value = (deals: readonly DealFacts[], moment: string, settings: PolicyInput['value']) =>
  seen(client(deals), moment, settings === undefined ? {} : { value: settings }).value

describe('sums', () => {
  it('adds up all occasions and divides by their number', () => {
    const deals = [
      won('2020-01-01', { price: 100 }),
      won('2026-01-01', { price: 200 }),
      won('2026-01-01', { price: 300 }),
    ]
    expect(value(deals, '2026-06-01', {})).toMatchObject({
      ltv: 600,
      averageCheck: 300,
      tier: null,
      rfm: null,
      until: null,
    })
  })

  it('has no average without purchases', () => {
    expect(value([], '2026-06-01', {})).toMatchObject({ ltv: 0, averageCheck: null, tier: null, rfm: null })
  })
})

describe('tiers', () => {
  it.each<[string, number, string | null]>([
    ['under the lowest', 9_999.99, null],
    ['at the lowest', 10_000, 'Бронза'],
    ['between two', 49_999, 'Бронза'],
    ['at the middle one', 50_000, 'Серебро'],
    ['over the highest', 1_000_000, 'Золото'],
  ])('%s', (_story, price, expected) => {
    expect(value([won('2020-01-01', { price })], '2026-06-01', { tiers }).tier).toBe(expected)
  })

  it('is reached by hundredths that add up', () => {
    const deals = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => won(day, { price: 3_333.33 }))
    expect(value([...deals, won('2026-01-04', { price: 0.01 })], '2026-06-01', { tiers }).tier).toBe('Бронза')
  })

  it('falls as purchases leave the window, at the very second', () => {
    const deals = [won('2026-01-10 10:00', { price: 60_000 }), won('2026-03-01 10:00', { price: 50_000 })]
    const windowed = { tiers, windowDays: 100 }
    const leaves = at('2026-01-10 10:00') + 100 * DAY
    expect(value(deals, '2026-04-20 09:59:59', windowed)).toMatchObject({ tier: 'Золото', until: leaves, ltv: 110_000 })
    expect(value(deals, '2026-04-20 10:00', windowed)).toMatchObject({
      tier: 'Серебро',
      until: at('2026-03-01 10:00') + 100 * DAY,
      ltv: 110_000,
    })
    expect(value(deals, '2026-12-01', windowed)).toMatchObject({ tier: null, until: null })
  })

  it('does not announce a purchase that leaves without changing the tier', () => {
    const deals = [won('2026-01-10', { price: 100 }), won('2026-03-01 10:00', { price: 50_000 })]
    expect(value(deals, '2026-04-01', { tiers, windowDays: 100 }).until).toBe(at('2026-03-01 10:00') + 100 * DAY)
  })
})

describe('RFM', () => {
  it.each<[string, number]>([
    ['2026-03-01 10:00', 5],
    ['2026-03-31 09:59:59', 5],
    ['2026-03-31 10:00', 4],
    ['2026-05-30 10:00', 3],
    ['2026-08-28 10:00', 2],
    ['2027-03-01 09:59:59', 2],
    ['2027-03-01 10:00', 1],
  ])('recency on %s is %i', (moment, expected) => {
    expect(value([won('2026-03-01 10:00')], moment, { rfm }).rfm?.recency).toBe(expected)
  })

  it('announces each fall of recency, and none after the last', () => {
    const deals = [won('2026-03-01 10:00')]
    expect(value(deals, '2026-04-10', { rfm }).until).toBe(at('2026-05-30 10:00'))
    expect(value(deals, '2028-04-10', { rfm }).until).toBeNull()
  })

  it.each<[number, number]>([
    [1, 1],
    [2, 2],
    [4, 3],
    [5, 4],
    [8, 5],
  ])('%i purchases score %i for frequency', (purchases, expected) => {
    const deals = Array.from({ length: purchases }, (_, index) => won(`2026-01-${10 + index}`))
    expect(value(deals, '2026-06-01', { rfm }).rfm?.frequency).toBe(expected)
  })

  it.each<[number, number]>([
    [4_999, 1],
    [5_000, 2],
    [100_000, 5],
  ])('a sum of %i scores %i', (price, expected) => {
    expect(value([won('2026-01-01', { price })], '2026-06-01', { rfm }).rfm?.monetary).toBe(expected)
  })

  it('scores nobody who never bought', () => {
    expect(value([], '2026-06-01', { rfm }).rfm).toBeNull()
  })
})
