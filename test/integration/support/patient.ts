/** Whole programs at work: nothing here is timed, but a slow machine and a Redis in memory are given their time. */
export const LIMIT_MS = 60_000

/** Of one test; it may wait more than once. */
export const PATIENT = { timeout: 3 * LIMIT_MS }
