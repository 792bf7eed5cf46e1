import type { Op, Scalar } from './comparison-schema.ts'
import type { LocalDays } from './local-days.ts'
import { justAbove, type Operand, type Span } from './operand.ts'

const DAY = 86_400
const EVER = Number.POSITIVE_INFINITY

/** The values that one value of a rule stands for; a day stands for all its seconds. */
type ReadSpan = (value: Scalar, days: LocalDays) => Span | null

const numberSpan: ReadSpan = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? { from: value, to: justAbove(value) } : null

const DATE = /^\d{4}-\d{2}-\d{2}$/
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})$/

const secondsOf = (text: string): number | null => {
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000)
}

const isRealDay = (text: string): boolean => {
  const milliseconds = Date.parse(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text.slice(0, 10))
}

const instantSpan: ReadSpan = (value, days) => {
  if (typeof value === 'number') return Number.isInteger(value) ? { from: value, to: value + 1 } : null
  if (typeof value !== 'string' || !isRealDay(value)) return null
  if (DATE.test(value)) {
    const day = Date.parse(value) / (DAY * 1000)
    return { from: days.startOf(day), to: days.startOf(day + 1) }
  }
  const at = INSTANT.test(value) ? secondsOf(value) : null
  return at === null ? null : { from: at, to: at + 1 }
}

/** The spans an order comparison asks for, from those of its one or two values. */
const ordered = (op: Op, [one, other]: readonly Span[]): Span | null => {
  if (one === undefined) return null
  switch (op) {
    case 'eq':
      return one
    case 'lt':
      return { from: -EVER, to: one.from }
    case 'lte':
      return { from: -EVER, to: one.to }
    case 'gt':
      return { from: one.to, to: EVER }
    case 'gte':
      return { from: one.from, to: EVER }
    case 'between':
      return other === undefined ? null : { from: one.from, to: other.to }
    default:
      return null
  }
}

/** A hundred years, the most an age may be compared with too: no change is ever due at an instant nobody can show. */
const MOST_DAYS = 36_500

const isDays = (value: Scalar): value is number => typeof value === 'number' && Math.abs(value) <= MOST_DAYS

const calendarSpan: ReadSpan = (value, days) => (isDays(value) ? numberSpan(value, days) : null)

/** A number of days that have flowed, in the whole seconds it stands for. */
const elapsedSpan: ReadSpan = (value) => {
  if (!isDays(value)) return null
  const seconds = Math.round(value * DAY * 1000) / 1000
  return { from: Math.ceil(seconds), to: Math.floor(seconds) + 1 }
}

/** An age under zero (clocks that differ) is an age of zero: what begins at or below zero began at all times. */
const withoutNegative = ({ from, to }: Span): Span => ({ from: from <= 0 ? -EVER : from, to: to <= 0 ? -EVER : to })

const READERS = { number: numberSpan, calendar: calendarSpan, elapsed: elapsedSpan, instant: instantSpan } as const

/** Types whose comparisons are about an order. */
export type SpanType = keyof typeof READERS

const ageOperand = (op: Op, days: number): Operand => {
  const seconds = Math.round(days * DAY)
  const span = op === 'within_days' ? { from: 0, to: seconds } : { from: seconds, to: EVER }
  return { type: 'age_in', span }
}

/**
 * What a comparison of numbers, days or instants asks for; null: the values do not fit the type.
 *
 * `within_days` N holds for an instant x while x <= now < x + N days, so never for an instant still ahead;
 * `older_than_days` N holds from x + N days on.
 */
export const spansOf = (type: SpanType, op: Op, values: readonly Scalar[], days: LocalDays): Operand | null => {
  const [value] = values
  if ((op === 'within_days' || op === 'older_than_days') && typeof value === 'number') return ageOperand(op, value)
  const read = READERS[type]
  const parts: Span[] = []
  for (const one of values) {
    const part = read(one, days)
    if (part === null) return null
    parts.push(part)
  }
  if (op === 'in') return { type: 'value_in', spans: parts }
  const span = ordered(op, parts)
  if (span === null) return null
  return type === 'elapsed' ? { type: 'age_in', span: withoutNegative(span) } : { type: 'value_in', spans: [span] }
}
