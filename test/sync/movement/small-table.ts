import { DealTable, type TabledDeal } from '../../../src/sync/queries/movement/deal-table.ts'

export const DAY = 86_400
/** 2026-09-01 12:00 UTC. */
export const NOW = Date.UTC(2026, 8, 1, 12) / 1000

export const EVERY_DEAL = { pipelineId: null, responsibleUserId: null, source: null } as const

let lastId = 0

/** A deal that stands in stage 101 since today; `part` bends any of it. */
export const deal = (part: Partial<TabledDeal> = {}): TabledDeal => ({
  ...{ id: ++lastId, pipelineId: 10, statusId: 101, state: 'open', price: 1_000, responsibleUserId: 1 },
  ...{ createdAt: NOW - 10 * DAY, at: NOW, source: 'none', lossReasonId: null, boughtAs: null, clientNow: null },
  ...part,
})

/** A purchase so many days ago, ten days after the deal was created. */
export const purchase = (daysAgo: number, part: Partial<TabledDeal> = {}): TabledDeal =>
  deal({
    ...{ state: 'won', statusId: 142, boughtAs: 'new', clientNow: 'one_time' },
    ...{ createdAt: NOW - (daysAgo + 10) * DAY, at: NOW - daysAgo * DAY },
    ...part,
  })

export const tableOf = (deals: readonly TabledDeal[]): DealTable => {
  const table = new DealTable()
  for (const one of deals) table.add(one)
  return table
}
