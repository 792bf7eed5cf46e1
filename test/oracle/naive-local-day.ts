const DAY = 86_400

const formats = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  formats.set(timeZone, format)
  return format
}

/** The date on the wall at an instant, e.g. `2026-03-29`; asked of the platform every time. */
export const localDay = (timeZone: string, at: number): string => formatOf(timeZone).format(at * 1000)

/** The number of a date, days since 1970-01-01. */
export const numberOfDay = (date: string): number => Date.parse(`${date}T00:00:00Z`) / (DAY * 1000)

/** The date with that number. */
export const dayOfNumber = (day: number): string => new Date(day * DAY * 1000).toISOString().slice(0, 10)

const midnights = new Map<string, number>()

/** The first second of a date on the wall, found by halving the two days around it. */
export const localMidnight = (timeZone: string, date: string): number => {
  const key = `${timeZone} ${date}`
  const known = midnights.get(key)
  if (known !== undefined) return known
  let [before, after] = [(numberOfDay(date) - 1) * DAY, (numberOfDay(date) + 1) * DAY]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (localDay(timeZone, middle) < date) before = middle
    else after = middle
  }
  midnights.set(key, after)
  return after
}

/** The date a date field stands for: a midnight of UTC is that date, anything else the date on the wall. */
export const dateOfField = (timeZone: string, value: number): string =>
  value % DAY === 0 ? dayOfNumber(value / DAY) : localDay(timeZone, value)
