const WEEK_MS = 7 * 86_400_000
const HOUR_MS = 3_600_000

/** Seven days ago, to the hour: the same question within an hour is answered from memory. */
export const weekStart = (now: number = Date.now()): string =>
  new Date(Math.floor((now - WEEK_MS) / HOUR_MS) * HOUR_MS).toISOString()
