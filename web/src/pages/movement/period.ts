const DAY_MS = 86_400_000

/** Lengths of a period that end now, days. */
export const LENGTHS = [7, 30, 90, 365] as const

/** The last so many days, or days of one's own choice, both included, as `2026-11-21`. */
export type Period =
  | { readonly type: 'last'; readonly days: number }
  | { readonly type: 'days'; readonly from: string; readonly to: string }

const DAY = /^\d{4}-\d{2}-\d{2}$/

export const DEFAULT_PERIOD: Period = { type: 'last', days: 90 }

/** A period as it stands in the address: `30`, or `2026-10-01.2026-10-31`. */
export const readPeriod = (text: string | null): Period => {
  if (text === null) return DEFAULT_PERIOD
  const [from = '', to = ''] = text.split('.')
  if (DAY.test(from) && DAY.test(to) && from <= to) return { type: 'days', from, to }
  const days = LENGTHS.find((length) => String(length) === text)
  return days === undefined ? DEFAULT_PERIOD : { type: 'last', days }
}

export const periodText = (period: Period): string =>
  period.type === 'last' ? String(period.days) : `${period.from}.${period.to}`

export const daysIn = (period: Period): number =>
  period.type === 'last' ? period.days : Math.round((Date.parse(period.to) - Date.parse(period.from)) / DAY_MS) + 1

/** The width of a chart's step that suits a period. */
export const stepFor = (period: Period): 'day' | 'week' | 'month' => {
  const days = daysIn(period)
  if (days <= 31) return 'day'
  return days <= 184 ? 'week' : 'month'
}

/** The period as the API takes it. Days of one's own choice begin and end at midnight of the account's time zone. */
export const periodQuery = (period: Period, timeZone: string, now: number): { from?: string; to?: string } => {
  if (period.type === 'last') {
    // To the minute, so that what was just asked for is not asked for again.
    const minute = Math.floor(now / 60_000) * 60_000
    return { from: isoOf(minute - period.days * DAY_MS) }
  }
  return { from: midnight(period.from, timeZone), to: midnight(dayAfter(period.to), timeZone) }
}

/** The present day of a time zone. */
export const todayIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)

const isoOf = (ms: number): string => new Date(ms).toISOString()

const dayAfter = (day: string): string => isoOf(Date.parse(day) + DAY_MS).slice(0, 10)

/** The instant at which a day begins in a time zone: its offset is that of noon, which no change of clocks falls on. */
const midnight = (day: string, timeZone: string): string => {
  const noon = new Date(`${day}T12:00:00Z`)
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(noon)
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.slice('GMT'.length) || '+00:00'
  return isoOf(Date.parse(`${day}T00:00:00${offset}`))
}
