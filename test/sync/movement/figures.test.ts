import { describe, expect, it } from 'vitest'
import { zoneCalendar } from '../../../src/segmentation/zone-calendar.ts'
import { type RevenueQuery, revenueOverTime } from '../../../src/sync/queries/movement/revenue.ts'
import { sourceReport } from '../../../src/sync/queries/movement/source-figures.ts'
import { DAY, deal, EVERY_DEAL, NOW, purchase, tableOf } from './small-table.ts'

const MOSCOW = zoneCalendar('Europe/Moscow')
const at = (iso: string) => Date.parse(iso) / 1000

describe('the table of deals', () => {
  it('gives back what was put in, in any number', () => {
    const deals = Array.from({ length: 1_000 }, (_, index) =>
      index % 3 === 0
        ? purchase(index, { source: `utm:${index % 7}`, price: index + 0.5 })
        : deal({
            state: 'lost',
            statusId: 143,
            lossReasonId: index % 5,
            responsibleUserId: index,
            clientNow: 'sleeping',
          }),
    )
    const table = tableOf(deals)
    expect([...table]).toEqual(deals)
    expect(table.length).toBe(1_000)
    expect(table.sources).toContain('utm:6')
  })
})

describe('revenue over time', () => {
  const query: RevenueQuery = {
    ...{ ...EVERY_DEAL, step: 'month', of: 'buyer' },
    ...{ from: at('2026-07-01T00:00:00+03:00'), to: at('2026-09-02T00:00:00+03:00') },
  }
  const bought = (iso: string, part = {}) => purchase(0, { at: at(iso), ...part })
  const revenue = (deals: Parameters<typeof tableOf>[0], part: Partial<RevenueQuery> = {}) =>
    revenueOverTime(tableOf(deals), MOSCOW, { ...query, ...part })

  it('falls into the months of the account’s calendar, those without any among them', () => {
    const deals = [
      // Already the first of July in Moscow.
      bought('2026-06-30T22:00:00Z', { price: 100 }),
      bought('2026-09-01T12:00:00Z', { price: 10.1 }),
      bought('2026-09-01T12:00:00Z', { price: 10.2, boughtAs: 'sleeping' }),
      bought('2026-09-01T12:00:00Z', { price: 20.2 }),
    ]
    expect(revenue(deals)).toEqual([
      { day: '2026-07-01', segments: { new: { purchases: 1, amount: 100 } } },
      { day: '2026-08-01', segments: {} },
      {
        day: '2026-09-01',
        segments: { new: { purchases: 2, amount: 30.3 }, sleeping: { purchases: 1, amount: 10.2 } },
      },
    ])
  })

  it('is told by who bought, or by what the buyer is today', () => {
    const deals = [bought('2026-07-10T12:00:00Z', { boughtAs: 'periodic', clientNow: 'sleeping' })]
    expect(revenue(deals)[0]?.segments).toHaveProperty('periodic')
    expect(revenue(deals, { of: 'now' })[0]?.segments).toHaveProperty('sleeping')
  })

  it('counts purchases alone, of the period and the filter alone', () => {
    const deals = [
      bought('2026-07-10T12:00:00Z', { boughtAs: null }),
      bought('2026-07-10T12:00:00Z', { pipelineId: 11 }),
      bought('2026-07-10T12:00:00Z', { responsibleUserId: 2 }),
      bought('2026-07-10T12:00:00Z', { source: 'utm:vk' }),
      bought('2026-06-30T20:59:59Z'),
      bought('2026-09-01T21:00:00Z'),
    ]
    expect(
      revenue(deals, { pipelineId: 10, responsibleUserId: 1, source: 'none' }).flatMap((one) =>
        Object.keys(one.segments),
      ),
    ).toEqual([])
    expect(revenue(deals, { pipelineId: 11 })[0]?.segments).toEqual({ new: { purchases: 1, amount: 1_000 } })
  })

  it('may be cut into weeks from Monday on, and into days', () => {
    const july = { from: at('2026-07-01T00:00:00+03:00'), to: at('2026-07-07T00:00:00+03:00') }
    expect(revenue([], { ...july, step: 'week' }).map(({ day }) => day)).toEqual(['2026-06-29', '2026-07-06'])
    expect(revenue([], { ...july, step: 'day' }).map(({ day }) => day)).toHaveLength(6)
  })
})

describe('the report by source', () => {
  const period = { from: NOW - 30 * DAY, to: NOW + 1 }

  it('tells what came, what was won and lost, and what it brought', () => {
    const vk = { source: 'utm:vk' }
    const report = sourceReport(
      tableOf([
        purchase(5, { ...vk, price: 3_000 }),
        purchase(40, vk),
        deal({ ...vk, state: 'won', statusId: 142, at: NOW - DAY }),
        deal({ ...vk, state: 'lost', at: NOW - DAY, lossReasonId: 2 }),
        deal({ ...vk, state: 'lost', at: NOW - DAY, lossReasonId: 2 }),
        deal({ ...vk, createdAt: NOW - 90 * DAY }),
        deal({ createdAt: NOW - DAY }),
      ]),
      { ...EVERY_DEAL, ...period },
    )
    expect(report.sources).toEqual([
      { source: 'utm:vk', created: 4, won: 2, lost: 2, conversion: 0.5, purchases: 1, revenue: 3_000 },
      { source: 'none', created: 1, won: 0, lost: 0, conversion: null, purchases: 0, revenue: 0 },
    ])
    expect(report.total).toEqual({ created: 5, won: 2, lost: 2, conversion: 0.5, purchases: 1, revenue: 3_000 })
    expect(report.losses).toEqual([{ id: 2, deals: 2 }])
  })
})
