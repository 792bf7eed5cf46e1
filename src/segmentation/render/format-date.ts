import type { Seconds } from '../facts.ts'
import type { Language } from '../labels.ts'
import type { ZoneCalendar } from '../zone-calendar.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** Beyond these a JavaScript date does not go. */
const MAX_SECONDS = 8_640_000_000_000

const padded = (value: number) => String(value).padStart(2, '0')

/** The calendar day of an instant on the account's wall clock: `14.08.2026` in Russian, `14 Aug 2026` in English. */
export const formatDate = (at: Seconds, calendar: ZoneCalendar, language: Language): string => {
  const local = Math.min(Math.max(at + calendar.offsetAt(at), -MAX_SECONDS), MAX_SECONDS)
  const date = new Date(local * 1000)
  const [day, month, year] = [date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear()]
  return language === 'ru' ? `${padded(day)}.${padded(month + 1)}.${year}` : `${day} ${MONTHS[month]} ${year}`
}
