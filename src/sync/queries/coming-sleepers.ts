import { money } from '../../segmentation/purchases.ts'
import type { ZoneCalendar } from '../../segmentation/zone-calendar.ts'
import type { ClientRow } from '../../store/client-rows.ts'
import { dayName } from '../segment-day.ts'

/** Clients who are about to fall asleep, and what is at stake, in the account's currency. */
export interface Sleepers {
  readonly clients: number
  /** What they have bought for so far. */
  readonly ltv: number
  /** What one more purchase of each would bring: the sum of their average checks. */
  readonly nextPurchases: number
}

export interface ComingSleepers {
  readonly within: readonly (Sleepers & { readonly days: number })[]
  /** Every day of the longest of these terms in the account's calendar, today first. */
  readonly byDay: readonly (Sleepers & { readonly day: string })[]
}

const DAY_S = 86_400

interface Tally {
  clients: number
  ltv: number
  nextPurchases: number
}

/**
 * Who falls asleep in the coming days if he does not buy.
 *
 * @param now seconds
 * @param terms days, e.g. 7 and 30
 */
export const comingSleepers = (
  rows: Iterable<ClientRow>,
  calendar: ZoneCalendar,
  now: number,
  terms: readonly number[],
): ComingSleepers => {
  const within = terms.map((days) => ({ days, ...none() }))
  const today = calendar.dayOf(now)
  const longest = Math.max(...terms)
  const byDay = Array.from({ length: longest }, (_, index) => ({ day: dayName(today + index), ...none() }))
  for (const row of rows) {
    const { sleepsAt } = row
    if (sleepsAt === null || sleepsAt <= now || sleepsAt >= now + longest * DAY_S) continue
    for (const term of within) if (sleepsAt < now + term.days * DAY_S) add(term, row)
    // The last hours of the longest term belong to the day after its last one.
    const day = byDay[Math.min(calendar.dayOf(sleepsAt) - today, longest - 1)]
    if (day) add(day, row)
  }
  return { within, byDay }
}

const none = (): Tally => ({ clients: 0, ltv: 0, nextPurchases: 0 })

const add = (tally: Tally, { ltv, purchases }: ClientRow): void => {
  tally.clients += 1
  tally.ltv = money(tally.ltv + ltv)
  tally.nextPurchases = money(tally.nextPurchases + (purchases === 0 ? 0 : ltv / purchases))
}
