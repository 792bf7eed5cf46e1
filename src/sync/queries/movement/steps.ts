/** Widths of a chart over time. */
export const STEP_NAMES = ['day', 'week', 'month'] as const
export type Step = (typeof STEP_NAMES)[number]

/** The longest period a chart of this width shows, days. */
export const MOST_DAYS: Readonly<Record<Step, number>> = { day: 366, week: 1_100, month: 3_660 }

/** Days are counted since 1970-01-01. */
interface StepKind {
  /** First day of the step a day falls into. */
  readonly beginOf: (day: number) => number
  /** First day of the step after the one that begins on this day. */
  readonly following: (day: number) => number
}

const DAY_MS = 86_400_000

/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const THURSDAY = 3

const monthOf = (day: number, ahead: number): number => {
  const date = new Date(day * DAY_MS)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + ahead, 1) / DAY_MS
}

export const STEPS: Readonly<Record<Step, StepKind>> = {
  day: { beginOf: (day) => day, following: (day) => day + 1 },
  week: { beginOf: (day) => day - ((((day + THURSDAY) % 7) + 7) % 7), following: (day) => day + 7 },
  month: { beginOf: (day) => monthOf(day, 0), following: (day) => monthOf(day, 1) },
}
