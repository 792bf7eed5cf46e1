import { describe, expect, it } from 'vitest'
import type { DealFacts } from '../../src/segmentation/facts.ts'
import type { PolicyInput } from '../../src/segmentation/policy.ts'
import { purchaseInstant, readPurchases } from '../../src/segmentation/purchases.ts'
import { at, client, compiled, DAY, deal, lost, PAID, SALES, SERVICE, seen, TALKS, won } from './story.ts'

const count = (deals: readonly DealFacts[], settings: PolicyInput = {}) =>
  readPurchases(deals, compiled(settings)).occasions.length

const paidToo: PolicyInput = { purchasePipelines: [{ pipelineId: SALES, statusIds: [142, PAID] }] }

describe('what a purchase is', () => {
  it.each<[string, readonly DealFacts[], PolicyInput, number]>([
    ['a won deal of any pipeline', [won('2026-03-01'), won('2026-03-05', { pipelineId: SERVICE })], {}, 2],
    ['a won deal of a pipeline nobody knows', [won('2026-03-01', { pipelineId: 999 })], {}, 1],
    ['no open deal', [deal(TALKS)], {}, 0],
    ['no lost deal', [lost('2026-03-01', null)], {}, 0],
    ['only deals of the pipelines picked', [won('2026-03-01', { pipelineId: SERVICE })], paidToo, 0],
    ['an earlier stage that was added', [deal(PAID)], paidToo, 1],
    ['no earlier stage that was not added', [deal(PAID)], {}, 0],
    ['not the added stage of another pipeline', [deal(PAID, { pipelineId: SERVICE })], paidToo, 0],
    [
      'stages of several pipelines',
      [deal(PAID), deal(22, { pipelineId: SERVICE, updatedAt: at('2026-02-01') })],
      {
        purchasePipelines: [
          { pipelineId: SALES, statusIds: [PAID] },
          { pipelineId: SERVICE, statusIds: [22] },
        ],
      },
      2,
    ],
    [
      'won only, where a pipeline is picked without statuses',
      [won('2026-03-01')],
      { purchasePipelines: [{ pipelineId: SALES }] },
      1,
    ],
    ['a won deal without a price', [won('2026-03-01', { price: null })], {}, 1],
    ['a price that is exactly the least', [won('2026-03-01', { price: 500 })], { minPrice: 500 }, 1],
    ['no price under the least', [won('2026-03-01', { price: 499.99 })], { minPrice: 500 }, 0],
    ['no missing price where there is a least', [won('2026-03-01', { price: null })], { minPrice: 1 }, 0],
  ])('counts %s', (_name, deals, settings, expected) => {
    expect(count(deals, settings)).toBe(expected)
  })

  it('names what it left out and why, by rising id', () => {
    const deals = [
      deal(TALKS, { id: 1 }),
      won('2026-03-01', { id: 2, price: 10 }),
      won('2026-03-01', { id: 3, pipelineId: SERVICE }),
      won('2026-03-01', { id: 4 }),
    ]
    expect(readPurchases(deals, compiled({ ...paidToo, minPrice: 100 })).ignored).toEqual([
      { dealId: 1, why: 'status_not_purchase' },
      { dealId: 2, why: 'price_below_minimum' },
      { dealId: 3, why: 'pipeline_not_counted' },
    ])
  })

  it('forgets a purchase whose deal was reopened', () => {
    const reopened = won('2026-03-01', { statusId: TALKS, closedAt: null })
    expect(seen(client([reopened]), '2026-03-02').lifecycle.segment).toBe('new')
  })
})

describe('when a purchase was', () => {
  const dated = { fields: { 901: { values: [at('2026-02-02')] } } }

  it.each<[string, DealFacts, string | null, string]>([
    ['closing of a won deal, whatever the date field says', won('2026-03-01', dated), '901', '2026-03-01'],
    ['date field of a won deal without closing', won('2026-03-01', { ...dated, closedAt: null }), '901', '2026-02-02'],
    ['date field in an earlier stage', deal(PAID, dated), '901', '2026-02-02'],
    [
      'date field in an earlier stage, although an old closing is left there',
      deal(PAID, { ...dated, closedAt: at('2025-05-05') }),
      '901',
      '2026-02-02',
    ],
    [
      'first seen in the stage, where the date field is empty',
      deal(PAID, { statusSince: at('2026-01-20') }),
      '901',
      '2026-01-20',
    ],
    [
      'first seen in the stage, where no date field is chosen',
      deal(PAID, { ...dated, statusSince: at('2026-01-20') }),
      null,
      '2026-01-20',
    ],
    ['last change, where nothing else is known', deal(PAID, { updatedAt: at('2026-01-25') }), '901', '2026-01-25'],
    [
      'last change, where the date field holds no date',
      deal(PAID, { updatedAt: at('2026-01-25'), fields: { 901: { values: ['soon'] } } }),
      '901',
      '2026-01-25',
    ],
    [
      'last change, where the date field holds milliseconds',
      deal(PAID, { updatedAt: at('2026-01-25'), fields: { 901: { values: [at('2026-02-02') * 1_000] } } }),
      '901',
      '2026-01-25',
    ],
  ])('%s', (_name, purchase, field, expected) => {
    expect(purchaseInstant(purchase, field)).toBe(at(expected))
  })

  it('finds the date field by its code', () => {
    const policy = compiled({ ...paidToo, purchaseDateField: 'paid_at' })
    expect(readPurchases([deal(PAID, dated)], policy).occasions[0]?.at).toBe(at('2026-02-02'))
  })

  it('counts a purchase dated ahead at once, with every period from its own instant', () => {
    const ahead = client([won('2026-05-01')])
    const verdict = seen(ahead, '2026-04-01')
    expect(verdict.lifecycle.segment).toBe('one_time')
    expect(verdict.nextChangeAt).toBe(at('2026-05-01') + 90 * DAY)
  })
})

describe('purchases of one day', () => {
  it.each<[string, string, string, string, number]>([
    ['one Moscow day, two UTC days', 'Europe/Moscow', '2026-03-01T21:30:00Z', '2026-03-02T20:30:00Z', 1],
    ['two Moscow days, one UTC day', 'Europe/Moscow', '2026-03-01T20:59:59Z', '2026-03-01T21:00:00Z', 2],
    ['one day in Vladivostok', 'Asia/Vladivostok', '2026-03-01T14:00:00Z', '2026-03-02T13:59:59Z', 1],
    ['the 25 hours of an autumn day in Berlin', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z', 1],
    ['the second after the long day in Berlin', 'Europe/Berlin', '2026-10-25T22:59:59Z', '2026-10-25T23:00:00Z', 2],
    ['the 23 hours of a spring day in Berlin', 'Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z', 1],
    ['the second after the short day in Berlin', 'Europe/Berlin', '2026-03-29T21:59:59Z', '2026-03-29T22:00:00Z', 2],
    [
      'a day in Moscow before its clocks were set back for good',
      'Europe/Moscow',
      '2014-10-24T20:00:00Z',
      '2014-10-25T19:59:59Z',
      1,
    ],
    [
      'the 25 hours of the day on which Moscow set them back',
      'Europe/Moscow',
      '2014-10-25T20:00:00Z',
      '2014-10-26T20:59:59Z',
      1,
    ],
    ['a zone nobody knows, taken as UTC', 'Mars/Olympus', '2026-03-01T00:00:00Z', '2026-03-01T23:59:59Z', 1],
  ])('%s', (_name, timeZone, one, other, expected) => {
    const deals = [one, other].map((moment) => won('2026-01-01', { closedAt: Date.parse(moment) / 1000 }))
    expect(readPurchases(deals, compiled({}, { timeZone })).occasions).toHaveLength(expected)
  })

  it('sums them up at the instant of the last, in the order of purchase', () => {
    const deals = [won('2026-03-01 18:00', { id: 1, price: 0.1 }), won('2026-03-01 09:00', { id: 2, price: 0.2 })]
    const { occasions, ltv } = readPurchases(deals, compiled())
    expect(occasions).toMatchObject([{ at: at('2026-03-01 18:00'), amount: 0.3, dealIds: [2, 1] }])
    expect(ltv).toBe(0.3)
  })

  it('keeps them apart when merging is off', () => {
    expect(count([won('2026-03-01 09:00'), won('2026-03-01 18:00')], { mergeSameDay: false })).toBe(2)
  })

  it('keeps the two halves of an evening together where clocks went back across midnight', () => {
    const timeZone = 'America/St_Johns'
    const moments = ['2006-10-29T02:10:00Z', '2006-10-29T02:30:30Z', '2006-10-29T03:00:00Z', '2006-10-29T12:00:00Z']
    const deals = moments.map((moment, index) =>
      won('2026-01-01', { id: index + 1, closedAt: Date.parse(moment) / 1000 }),
    )
    const { occasions } = readPurchases(deals, compiled({}, { timeZone }))
    expect(occasions.map((occasion) => occasion.dealIds)).toEqual([
      [1, 3],
      [2, 4],
    ])
  })
})
