import { money } from '../../../segmentation/purchases.ts'
import { type DealFilter, isWithin, type Period, passes } from './deal-filter.ts'
import type { DealTable } from './deal-table.ts'

export interface SourceQuery extends Period, DealFilter {}

/** What deals of one source came to in a period. */
export interface SourceFigures {
  readonly source: string
  /** Deals that were created in it. */
  readonly created: number
  /** Deals that were won in it: purchases by the policy, or 142. */
  readonly won: number
  readonly lost: number
  /** Won among all that were closed in it, 0 to 1; null: none was. */
  readonly conversion: number | null
  /** Of the purchases alone. */
  readonly purchases: number
  readonly revenue: number
}

export interface LossFigures {
  /** Null: none was given. */
  readonly id: number | null
  readonly deals: number
}

export interface SourceReport {
  /** The most revenue first. */
  readonly sources: readonly SourceFigures[]
  readonly total: Omit<SourceFigures, 'source'>
  /** Deals lost in the period by reason, the most frequent first. */
  readonly losses: readonly LossFigures[]
}

interface Tally {
  created: number
  won: number
  lost: number
  purchases: number
  revenue: number
}

/** Conversion and revenue by source in a period, by the days on which deals were created and closed. */
export const sourceReport = (deals: DealTable, query: SourceQuery): SourceReport => {
  const tallies = new Map<string, Tally>()
  const total = emptyTally()
  const losses = new Map<number | null, number>()
  for (const deal of deals) {
    if (!passes(deal, query)) continue
    const isCreated = isWithin(deal.createdAt, query)
    const isClosed = deal.state !== 'open' && isWithin(deal.at, query)
    if (!isCreated && !isClosed) continue
    const tally = tallies.get(deal.source) ?? emptyTally()
    tallies.set(deal.source, tally)
    for (const counted of [tally, total]) {
      if (isCreated) counted.created += 1
      if (!isClosed) continue
      counted[deal.state === 'won' ? 'won' : 'lost'] += 1
      if (deal.boughtAs === null) continue
      counted.purchases += 1
      counted.revenue += deal.price
    }
    if (isClosed && deal.state === 'lost') losses.set(deal.lossReasonId, (losses.get(deal.lossReasonId) ?? 0) + 1)
  }
  return {
    sources: [...tallies]
      .map(([source, tally]) => ({ source, ...figuresOf(tally) }))
      .sort((one, other) => other.revenue - one.revenue || other.created - one.created),
    total: figuresOf(total),
    losses: [...losses].map(([id, count]) => ({ id, deals: count })).sort((one, other) => other.deals - one.deals),
  }
}

const emptyTally = (): Tally => ({ created: 0, won: 0, lost: 0, purchases: 0, revenue: 0 })

const figuresOf = ({ created, won, lost, purchases, revenue }: Tally): Omit<SourceFigures, 'source'> => ({
  ...{ created, won, lost, purchases, revenue: money(revenue) },
  conversion: won + lost === 0 ? null : won / (won + lost),
})
