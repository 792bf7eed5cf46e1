import { money } from '../../../segmentation/purchases.ts'
import type { LifecycleSegment } from '../../../segmentation/verdict.ts'
import type { ZoneCalendar } from '../../../segmentation/zone-calendar.ts'
import { dayName } from '../../segment-day.ts'
import { type DealFilter, isWithin, type Period, passes } from './deal-filter.ts'
import type { DealTable } from './deal-table.ts'
import { STEPS, type Step } from './steps.ts'

/**
 * Whose revenue it is: of the segment the client bought from (who bought), or of the segment he is in today (what
 * today's segments have brought).
 */
export const REVENUE_OF = ['buyer', 'now'] as const
export type RevenueOf = (typeof REVENUE_OF)[number]

export interface RevenueQuery extends Period, DealFilter {
  readonly step: Step
  readonly of: RevenueOf
}

/** Purchases, and what they brought in the account's currency. */
export interface Revenue {
  readonly purchases: number
  readonly amount: number
}

/** One step of a chart; the segments without purchases are left out. */
export interface RevenueStep {
  /** First day of it in the account's calendar, as `2026-11-01`. */
  readonly day: string
  readonly segments: Readonly<Partial<Record<LifecycleSegment, Revenue>>>
}

/** Revenue by segment over time, oldest step first, those without revenue among them. */
export const revenueOverTime = (deals: DealTable, calendar: ZoneCalendar, query: RevenueQuery): RevenueStep[] => {
  const { beginOf, following } = STEPS[query.step]
  const steps = new Map<number, Map<LifecycleSegment, Revenue>>()
  const last = calendar.dayOf(query.to - 1)
  for (let day = beginOf(calendar.dayOf(query.from)); day <= last; day = following(day)) steps.set(day, new Map())
  for (const deal of deals) {
    const segment = query.of === 'buyer' ? deal.boughtAs : deal.clientNow
    if (deal.boughtAs === null || segment === null || !isWithin(deal.at, query) || !passes(deal, query)) continue
    const segments = steps.get(beginOf(calendar.dayOf(deal.at)))
    const { purchases = 0, amount = 0 } = segments?.get(segment) ?? {}
    segments?.set(segment, { purchases: purchases + 1, amount: money(amount + deal.price) })
  }
  return [...steps].map(([day, segments]) => ({ day: dayName(day), segments: Object.fromEntries(segments) }))
}
