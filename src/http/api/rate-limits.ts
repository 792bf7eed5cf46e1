const perMinute = (max: number) => ({ rateLimit: { max, timeWindow: '1 minute' } }) as const

/** Requests a minute from one address to one route: many people may sit behind it. */
export const RATES = {
  read: perMinute(1_200),
  change: perMinute(120),
  /** Figures over the whole base, asked for anew with each filter of a page. */
  figures: perMinute(300),
  /** Goes over the whole base. */
  heavy: perMinute(30),
  session: perMinute(120),
} as const
