import { describe, expect, it } from 'vitest'
import { GapHistogram } from '../../../src/segmentation/gap-histogram.ts'
import { type FunnelQuery, funnel } from '../../../src/sync/queries/movement/funnel.ts'
import { usualStays } from '../../../src/sync/queries/movement/usual-stay.ts'
import { STRUCTURE } from '../../support/test-context.ts'
import { DAY, deal, EVERY_DEAL, NOW, purchase, tableOf } from './small-table.ts'

const STAGE = { pipelineId: 10, statusId: 101 }

const stays = (days: readonly number[]) => {
  const lengths = new GapHistogram()
  for (const one of days) lengths.add(one * DAY)
  return [{ ...STAGE, lengths }]
}

describe('what is usual in a stage', () => {
  const twenty = Array.from({ length: 20 }, (_, index) => index + 1)

  it('is what four of five deals that left it did not exceed', () => {
    expect(usualStays(stays(twenty), tableOf([]))(STAGE)).toEqual({ days: 16, basis: 'stage' })
  })

  it('is what four of five won deals took as a whole while too few have left the stage', () => {
    const won = twenty.map((days) => purchase(5, { createdAt: NOW - (5 + days) * DAY }))
    const usual = usualStays(stays(twenty.slice(1)), tableOf(won))
    expect(usual(STAGE)).toEqual({ days: 16, basis: 'pipeline' })
    expect(usual({ pipelineId: 20, statusId: 201 })).toEqual({ days: 14, basis: 'default' })
  })

  it('is a fortnight where the account has no past', () => {
    expect(usualStays([], tableOf([]))(STAGE)).toEqual({ days: 14, basis: 'default' })
  })
})

describe('the funnel', () => {
  const query: FunnelQuery = { ...EVERY_DEAL, stuckDays: null, limit: 10 }
  const deals = [
    deal({ price: 100, at: NOW - 14 * DAY }),
    deal({ price: 200, at: NOW - 14 * DAY + 1 }),
    deal({ price: 900, at: NOW - 30 * DAY, statusId: 102, responsibleUserId: 2 }),
    deal({ price: 50, pipelineId: 20, statusId: 201 }),
    purchase(3),
    deal({ state: 'lost', statusId: 143 }),
  ]
  const parts = { deals: tableOf(deals), stays: [], pipelines: STRUCTURE.pipelines }

  it('counts the open deals of each stage, and those that stand there for too long', () => {
    const { pipelines, total, stuck } = funnel(parts, query, NOW)
    expect(pipelines.map(({ id }) => id)).toEqual([10, 20])
    expect(pipelines[0]?.stages).toEqual([
      expect.objectContaining({ id: 100, open: { deals: 0, sum: 0 } }),
      {
        ...{ id: 101, name: 'Stage 101', open: { deals: 2, sum: 300 }, stuck: { deals: 1, sum: 100 } },
        stuckAfter: { days: 14, basis: 'default' },
      },
      expect.objectContaining({ id: 102, open: { deals: 1, sum: 900 }, stuck: { deals: 1, sum: 900 } }),
    ])
    expect(total).toEqual({ open: { deals: 4, sum: 1_250 }, stuck: { deals: 2, sum: 1_000 } })
    expect(stuck.map(({ price }) => price)).toEqual([900, 100])
    expect(stuck[0]).toMatchObject({ statusId: 102, since: NOW - 30 * DAY, responsibleUserId: 2 })
  })

  it('is that of a pipeline, a manager or a source alone, and as long as was asked', () => {
    const of = (part: Partial<FunnelQuery>) => funnel(parts, { ...query, ...part }, NOW)
    expect(of({ pipelineId: 20 })).toMatchObject({ pipelines: [{ id: 20 }], total: { open: { deals: 1 } } })
    expect(of({ responsibleUserId: 2 }).total.open.deals).toBe(1)
    expect(of({ source: 'utm:vk' }).total.open.deals).toBe(0)
    expect(of({ stuckDays: 20 }).total.stuck.deals).toBe(1)
    expect(of({ stuckDays: 20 }).pipelines[0]?.stages[0]?.stuckAfter).toEqual({ days: 20, basis: 'asked' })
    expect(of({ limit: 1 }).stuck).toHaveLength(1)
  })
})
