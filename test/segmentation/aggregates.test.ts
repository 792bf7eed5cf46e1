import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregatesMoved, BaseSurvey } from '../../src/segmentation/aggregates.ts'
import { GapHistogram } from '../../src/segmentation/gap-histogram.ts'
import { suggestRfm } from '../../src/segmentation/suggest-rfm.ts'
import { at, client, compiled, DAY, deal, lost, PRICE, policyWith, SPAM, TALKS, won } from './story.ts'

const gapsArb = fc.array(fc.integer({ min: 0, max: 1_000 * DAY }), { maxLength: 60 })
const histogramOf = (gaps: readonly number[]) => {
  const histogram = new GapHistogram()
  for (const gap of gaps) histogram.add(gap)
  return histogram
}

describe('gaps of an account', () => {
  it('give a quantile at most a day above the exact one, never below it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1_000 * DAY }), { minLength: 1 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (gaps, share) => {
          const exact = gaps.toSorted((one, other) => one - other)[Math.max(1, Math.ceil(share * gaps.length)) - 1] ?? 0
          const found = histogramOf(gaps).quantile(share) ?? -1
          expect(found).toBeGreaterThanOrEqual(exact)
          expect(found - exact).toBeLessThan(DAY)
        },
      ),
    )
  })

  it('can be gathered in parts, stored, and taken out again', () => {
    fc.assert(
      fc.property(gapsArb, gapsArb, (some, others) => {
        const parts = new GapHistogram(histogramOf(some).toStored())
        parts.merge(histogramOf(others))
        expect(parts.toStored()).toEqual(histogramOf([...some, ...others]).toStored())
        for (const gap of others) parts.remove(gap)
        expect(parts.toStored()).toEqual(histogramOf(some).toStored())
        expect(parts.count).toBe(some.length)
      }),
    )
  })

  it('have no quantile where there are none', () => {
    expect(new GapHistogram().quantile(0.8)).toBeNull()
  })
})

describe('a look over the base', () => {
  const survey = new BaseSurvey(compiled({ sleeping: { mode: 'rhythm' }, rhythm: { quantile: 0.5 } }))
  survey.add(client([won('2026-01-01'), won('2026-01-11'), won('2026-01-31'), deal(TALKS)]))
  survey.add(
    client([lost('2026-01-01', SPAM), lost('2026-01-02', PRICE), lost('2026-01-03', PRICE), lost('2026-01-04', null)]),
  )
  survey.add(client())

  it('counts deals, purchases and loss reasons', () => {
    expect(survey.figures(at('2026-02-01'))).toEqual({
      clients: 3,
      deals: 8,
      purchases: 3,
      purchaseShare: 3 / 8,
      lossReasons: [
        { id: PRICE, deals: 2 },
        { id: null, deals: 1 },
        { id: SPAM, deals: 1 },
      ],
      rfm: null,
    })
  })

  it('gives the gaps and the quantile that the policy asks for', () => {
    expect(survey.aggregates()).toEqual({ gaps: { count: 2, quantileSeconds: 10 * DAY } })
  })

  it('has no share of purchases without deals', () => {
    expect(new BaseSurvey(compiled()).figures(0).purchaseShare).toBeNull()
  })
})

describe('suggested bounds', () => {
  it('cut the buyers into fifths', () => {
    const buyers = Array.from({ length: 100 }, (_, index) => ({
      lastAt: at('2026-06-01') - (index + 1) * DAY,
      purchases: index + 1,
      ltv: (index + 1) * 1_000,
    }))
    expect(suggestRfm(buyers, at('2026-06-01'))).toEqual({
      recencyDays: [21, 41, 61, 81],
      frequency: [21, 41, 61, 81],
      monetary: [21_000, 41_000, 61_000, 81_000],
    })
  })

  it('are always ones that a policy takes', () => {
    const buyer = fc.record({
      lastAt: fc.integer({ min: 0, max: 2_000_000_000 }),
      purchases: fc.integer({ min: 1, max: 5 }),
      ltv: fc.integer({ min: 0, max: 3 }),
    })
    fc.assert(
      fc.property(fc.array(buyer, { minLength: 25, maxLength: 60 }), (buyers) => {
        const rfm = suggestRfm(buyers, 2_000_000_000)
        expect(policyWith({ value: { rfm } }).value.rfm).toEqual(rfm)
      }),
    )
  })

  it('are none for a handful of buyers', () => {
    expect(suggestRfm([{ lastAt: 0, purchases: 1, ltv: 1 }], at('2026-06-01'))).toBeNull()
  })
})

describe('whether moved figures matter', () => {
  const figures = (count: number, seconds: number | null) => ({ gaps: { count, quantileSeconds: seconds } })
  const rhythm = policyWith({ sleeping: { mode: 'rhythm' } })

  it.each([
    ['by less than a day: no', rhythm, figures(500, 40 * DAY), figures(600, 41 * DAY - 1), false],
    ['by a day: yes', rhythm, figures(500, 40 * DAY), figures(600, 41 * DAY), true],
    ['from too few gaps to enough: yes', rhythm, figures(99, 40 * DAY), figures(100, 40 * DAY), true],
    ['among too few gaps: no', rhythm, figures(5, 40 * DAY), figures(99, 400 * DAY), false],
    ['where the policy does not look at them: no', policyWith(), figures(500, 40 * DAY), figures(500, 80 * DAY), false],
  ])('%s', (_story, policy, before, after, expected) => {
    expect(aggregatesMoved(policy, before, after)).toBe(expected)
  })
})
