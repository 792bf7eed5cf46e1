import type { Seconds } from '../facts.ts'
import { type ZoneCalendar, zoneCalendar } from '../zone-calendar.ts'

const DAY = 86_400
/** Kept answers; thrown away when there are more, so that a long-running process does not grow. */
const MAX_KEPT = 20_000

/** Calendar days of a time zone, numbered from 1970-01-01, and the instants at which they begin. */
export interface LocalDays {
  readonly dayOf: (at: Seconds) => number
  /** First instant of a local day, also where clocks skip midnight. */
  readonly startOf: (day: number) => Seconds
  /** Day of a date field's value, see {@link dayOfDate}. */
  readonly dayOfDate: (value: Seconds) => number
  /** The first day from `today` on that has the given month and day; 29 February falls on the 28th in common years. */
  readonly nextAnniversary: (monthDay: number, today: number) => number
}

/** Month and day as one number, e.g. 229 for 29 February. */
export const monthDayOf = (day: number): number => {
  const date = new Date(day * DAY * 1000)
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate()
}

const dayNumber = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / (DAY * 1000)

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

const anniversaryIn = (year: number, monthDay: number): number =>
  monthDay === 229 && !isLeap(year)
    ? dayNumber(year, 2, 28)
    : dayNumber(year, Math.floor(monthDay / 100), monthDay % 100)

const nextAnniversary = (monthDay: number, today: number): number => {
  const year = new Date(today * DAY * 1000).getUTCFullYear()
  const thisYear = anniversaryIn(year, monthDay)
  return thisYear >= today ? thisYear : anniversaryIn(year + 1, monthDay)
}

const startOf = ({ dayOf, offsetAt }: ZoneCalendar, day: number): Seconds => {
  const guess = day * DAY - offsetAt(day * DAY)
  if (dayOf(guess) === day && dayOf(guess - 1) < day) return guess
  let [low, high] = [(day - 2) * DAY, (day + 2) * DAY]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (dayOf(middle) < day) low = middle
    else high = middle
  }
  return high
}

/**
 * amoCRM gives a date as the midnight it begins with. Sources differ on whose midnight: one of UTC is taken as that UTC
 * day, anything else as the local day it falls in. Before 1970 zones had other offsets than the calendar knows: two
 * hours of slack keep an old birthday from sliding into the day before.
 */
const dayOfDate = ({ dayOf }: ZoneCalendar, value: Seconds): number => {
  if (value % DAY === 0) return value / DAY
  return dayOf(value < 0 ? value + 7_200 : value)
}

const remembered = <Key, Value>(work: (key: Key) => Value): ((key: Key) => Value) => {
  const kept = new Map<Key, Value>()
  return (key) => {
    const found = kept.get(key)
    if (found !== undefined) return found
    if (kept.size >= MAX_KEPT) kept.clear()
    const made = work(key)
    kept.set(key, made)
    return made
  }
}

const PAIR = 10_000

/** The days of an IANA time zone. Answers are kept: a run asks for the same few days over and over. */
export const localDays = remembered((timeZone: string): LocalDays => {
  const calendar = zoneCalendar(timeZone)
  const anniversary = remembered((pair: number) => {
    const today = Math.floor(pair / PAIR)
    return nextAnniversary(pair - today * PAIR, today)
  })
  return {
    dayOf: calendar.dayOf,
    startOf: remembered((day) => startOf(calendar, day)),
    dayOfDate: (value) => dayOfDate(calendar, value),
    nextAnniversary: (monthDay, today) => anniversary(today * PAIR + monthDay),
  }
})
