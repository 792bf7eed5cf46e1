type Instant = string | number | Date

/** Writes figures and instants. Instants are ISO 8601 or milliseconds. */
export interface Format {
  readonly number: (value: number) => string
  /** `12 500 ₽`; kopecks only where there are any. */
  readonly money: (amount: number) => string
  /** `1,2 млн ₽`, for charts and narrow places. */
  readonly shortMoney: (amount: number) => string
  /** A share of 1 as `12 %`, with one digit under 10 %. */
  readonly share: (share: number) => string
  /** `21.11.2026` */
  readonly day: (at: Instant) => string
  /** `21 ноя.` */
  readonly shortDay: (at: Instant) => string
  /** `21.11.2026, 14:05` */
  readonly moment: (at: Instant) => string
  /** `3 часа назад`, `через 5 дней`, from `now`. */
  readonly relative: (at: Instant, now?: number) => string
  /** `2 дня`, a length of time in seconds by its largest unit. */
  readonly duration: (seconds: number) => string
}

/** Units with their length, and from where on people count in them: 45 days are told as days, s. */
const UNITS = [
  ['year', 31_536_000, 63_072_000],
  ['month', 2_592_000, 7_776_000],
  ['day', 86_400, 86_400],
  ['hour', 3_600, 3_600],
  ['minute', 60, 60],
] as const

export const createFormat = (language: string, currency: string, timeZone: string): Format => {
  const number = new Intl.NumberFormat(language)
  const money = (options: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol', ...options })
  const whole = money({ maximumFractionDigits: 0 })
  const exact = money({})
  const short = money({ notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const finePercent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, { timeZone, ...options })
  const day = dates({ day: '2-digit', month: '2-digit', year: 'numeric' })
  const shortDay = dates({ day: 'numeric', month: 'short' })
  const moment = dates({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' })
  const ago = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  return {
    number: (value) => number.format(value),
    money: (amount) => (Number.isInteger(amount) ? whole : exact).format(amount),
    shortMoney: (amount) => short.format(amount),
    share: (share) => (share > 0 && share < 0.1 ? finePercent : percent).format(share),
    day: (at) => day.format(new Date(at)),
    shortDay: (at) => shortDay.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    relative: (at, now = Date.now()) => {
      const seconds = (new Date(at).getTime() - now) / 1000
      const [unit, size] = unitOf(Math.abs(seconds))
      return ago.format(Math.trunc(seconds / size), unit)
    },
    duration: (seconds) => {
      const [unit, size] = unitOf(Math.abs(seconds))
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(
        Math.trunc(Math.abs(seconds) / size),
      )
    },
  }
}

const unitOf = (seconds: number): (typeof UNITS)[number] | readonly ['second', 1] =>
  UNITS.find(([, , from]) => seconds >= from) ?? ['second', 1]
