import type { Seconds } from './facts.ts'

/** "Until the end of time": an answer that holds for ever. */
export const NEVER = Number.POSITIVE_INFINITY

/**
 * How long a search goes on after the last one-off change before it says "never again".
 *
 * What recurs (a birthday) depends, on a given day, on that day's month and day and on whether its year and the next one
 * are leap years. Three pairs exist: (common, common), (leap, common), (common, leap). The longest stretch between two
 * leap years is eight years (2096 and 2104), so any nine years in a row show every day of the calendar under every pair:
 * a composite that did not change in all that time has taken each value it can take, and never changes.
 */
export const RECURRENCE_SECONDS = 9 * 366 * 86_400

/**
 * The instant a timeline is asked about, and how far its answer reaches. One object is used again and again: asking
 * allocates nothing.
 */
export interface Moment {
  at: Seconds
  /** Set by the timeline: its answer surely stands in [at, until). `NEVER` when nothing ahead can change it. */
  until: number
  /** The latest one-off change ahead that was ever met; recurring changes do not move it. */
  lastOneOff: number
}

/**
 * A piecewise constant function of time about a subject: asked at `moment.at`, it returns its value there and leaves in
 * `moment.until` an instant up to which that value surely stands (half-open). `until` may come early, never late: at
 * that instant one asks again.
 */
export type Timeline<Subject, T> = (subject: Subject, moment: Moment) => T

export function momentAt(at: Seconds): Moment {
  return { at, until: NEVER, lastOneOff: at }
}

/** A value that no passing of time changes. */
export function always<Subject, T>(read: (subject: Subject) => T): Timeline<Subject, T> {
  return (subject, moment) => {
    moment.until = NEVER
    return read(subject)
  }
}

export function not<Subject>(of: Timeline<Subject, boolean>): Timeline<Subject, boolean> {
  return (subject, moment) => !of(subject, moment)
}

/** True while every part is; one part that is false answers alone for as long as it stays so. Empty: true. */
export function all<Subject>(parts: readonly Timeline<Subject, boolean>[]): Timeline<Subject, boolean> {
  return (subject, moment) => everyIs(true, parts, subject, moment)
}

/** True while some part is; one part that is true answers alone for as long as it stays so. Empty: false. */
export function any<Subject>(parts: readonly Timeline<Subject, boolean>[]): Timeline<Subject, boolean> {
  return (subject, moment) => !everyIs(false, parts, subject, moment)
}

function everyIs<Subject>(
  wanted: boolean,
  parts: readonly Timeline<Subject, boolean>[],
  subject: Subject,
  moment: Moment,
): boolean {
  let until = NEVER
  for (const part of parts) {
    if (part(subject, moment) !== wanted) return false
    if (moment.until < until) until = moment.until
  }
  moment.until = until
  return true
}

/**
 * True in [from, to), an interval that comes once. Leaves the next of the two edges in the moment.
 */
export function withinSpan(from: number, to: number, moment: Moment): boolean {
  const inside = moment.at >= from && moment.at < to
  oneOff(inside ? to : moment.at < from && from < to ? from : NEVER, moment)
  return inside
}

/** Says that the answer given changes at `until` at the earliest, and that this change comes once. */
export function oneOff(until: number, moment: Moment): void {
  moment.until = until
  if (until !== NEVER && until > moment.lastOneOff) moment.lastOneOff = until
}

/** Says that the answer given changes at `until` at the earliest, and that such changes come again and again. */
export function recurring(until: Seconds, moment: Moment): void {
  moment.until = until
}

/**
 * The first instant after `now` at which the timeline's value differs from its value at `now`, looked for before
 * `before`; null if there is none. Exact: it walks from one certain instant to the next.
 *
 * One-off changes are finite in number; what recurs is followed for {@link RECURRENCE_SECONDS} after the last one-off
 * change met. A part that was not asked during all that time never will be: the parts that were asked only repeat.
 */
export function nextChange<Subject, T>(
  timeline: Timeline<Subject, T>,
  subject: Subject,
  now: Seconds,
  before: number = NEVER,
): Seconds | null {
  const moment = momentAt(now)
  const value = timeline(subject, moment)
  while (moment.until < before && moment.until <= moment.lastOneOff + RECURRENCE_SECONDS) {
    if (moment.until <= moment.at) throw new RangeError(`A timeline stands still at ${moment.at}`)
    moment.at = moment.until
    if (timeline(subject, moment) !== value) return moment.at
  }
  return null
}
