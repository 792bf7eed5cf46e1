import type { Seconds } from './facts.ts'

/** Calendar days of one time zone, without `Intl` in the way of a decision. */
export interface ZoneCalendar {
  /** Seconds to add to UTC to get the wall clock at that instant. */
  readonly offsetAt: (at: Seconds) => number
  /** Number of the local calendar day (days since 1970-01-01 on the wall clock). */
  readonly dayOf: (at: Seconds) => number
}

const DAY = 86_400
const FROM: Seconds = 0
const TO: Seconds = 4_102_444_800 // 2100-01-01
/** No zone changes its clock twice within such a step. */
const STEP = 7 * DAY

const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

const offsetReader = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  return (at: Seconds): number => {
    const [, sign, hours, minutes, seconds] = OFFSET.exec(format.format(at * 1000)) ?? []
    const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
    return sign === '-' ? -size : size
  }
}

/** The first instant in (from, to] at which the offset is no longer that of `from`; one change lies between. */
const changeBetween = (read: (at: Seconds) => number, from: Seconds, to: Seconds): Seconds => {
  const before = read(from)
  let [low, high] = [from, to]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (read(middle) === before) low = middle
    else high = middle
  }
  return high
}

interface Stretch {
  readonly from: Seconds
  readonly offset: number
}

const stretchesOf = (timeZone: string): readonly Stretch[] => {
  const read = offsetReader(timeZone)
  const stretches: Stretch[] = [{ from: Number.NEGATIVE_INFINITY, offset: read(FROM) }]
  for (let from = FROM; from < TO; from += STEP) {
    const to = from + STEP
    const offset = read(to)
    if (offset !== stretches.at(-1)?.offset) stretches.push({ from: changeBetween(read, from, to), offset })
  }
  return stretches
}

const build = (timeZone: string): ZoneCalendar => {
  const stretches = stretchesOf(timeZone)
  const starts = Float64Array.from(stretches, (stretch) => stretch.from)
  const offsets = Int32Array.from(stretches, (stretch) => stretch.offset)
  const offsetAt = (at: Seconds): number => {
    let [low, high] = [0, starts.length]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= at) low = middle
      else high = middle
    }
    return offsets[low] ?? 0
  }
  return { offsetAt, dayOf: (at) => Math.floor((at + offsetAt(at)) / DAY) }
}

const isZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone })
    return true
  } catch {
    return false
  }
}

const known = new Map<string, ZoneCalendar>()

/**
 * The calendar of an IANA time zone: exact to the second from 1970 to 2100, with the nearest offset outside.
 * A zone this platform does not know is taken as UTC. Built once per zone, in some ten milliseconds.
 */
export const zoneCalendar = (timeZone: string): ZoneCalendar => {
  const zone = isZone(timeZone) ? timeZone : 'UTC'
  const found = known.get(zone)
  if (found !== undefined) return found
  const made = build(zone)
  known.set(zone, made)
  return made
}
