import type { ClientFacts } from '../../src/segmentation/facts.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import { sleepingThreshold } from './naive-dimensions.ts'
import { anniversary } from './naive-facts.ts'
import { dateOfField, dayOfNumber, localDay, localMidnight, numberOfDay } from './naive-local-day.ts'
import { type NaiveCase, naiveOccasions } from './naive-purchases.ts'

const DAY = 86_400
const YEARS_AHEAD = 5
/** Numbers above are sums, not days. */
const MOST_DAYS = 800
/** Numbers above are no instants. */
const LATEST = 5_000_000_000

type Named = readonly [name: string, number: number]

/** Every number anywhere in a piece of data, with the name of the nearest property above it. */
const numbersIn = (data: unknown, name = '', into: Named[] = []): Named[] => {
  if (typeof data === 'number') into.push([name, data])
  else if (typeof data === 'string' && name === 'values' && data.trim() !== '' && Number.isFinite(Number(data))) {
    into.push([name, Number(data)])
  } else if (Array.isArray(data)) {
    for (const one of data) numbersIn(one, name, into)
  } else if (typeof data === 'object' && data !== null) {
    for (const [key, value] of Object.entries(data)) numbersIn(value, key, into)
  }
  return into
}

const daysAmong = (data: unknown): number[] =>
  numbersIn(data).flatMap(([name, count]) =>
    /days$|^value$/i.test(name) && Math.abs(count) <= MOST_DAYS ? [count] : [],
  )

/** Every number of the policy that may be meant as days, none among them. */
export const daysIn = (policy: Policy): number[] => [...new Set([0, ...daysAmong({ ...policy, rhythm: null })])]

const valuesIn = (client: ClientFacts): number[] =>
  [client, ...client.deals]
    .flatMap((card) => numbersIn(card.fields))
    .flatMap(([name, value]) => (name === 'values' && Math.abs(value) < LATEST ? [Math.floor(value)] : []))

/** Every number of the client that may be an instant, and the midnight of each that may be a date. */
export const instantsIn = (client: ClientFacts, timeZone: string): number[] => {
  const instants = numbersIn({ ...client, fields: {}, deals: client.deals.map((deal) => ({ ...deal, fields: {} })) })
  const values = valuesIn(client)
  const dates = values.map((value) => localMidnight(timeZone, dateOfField(timeZone, value)))
  return [
    ...new Set([
      ...instants.filter(([name]) => /At$|Since$|^until$/.test(name)).map(([, at]) => at),
      ...values,
      ...dates,
    ]),
  ]
}

/** Midnights at which a count of days until the date may reach one of the numbers, this year and in those to come. */
const midnightsAround = (value: number, days: readonly number[], now: number, timeZone: string): number[] => {
  const date = dateOfField(timeZone, value)
  const year = Number(localDay(timeZone, now).slice(0, 4))
  const years = Array.from({ length: YEARS_AHEAD }, (_, index) => year + index)
  const dates = [date, localDay(timeZone, value), ...years.map((one) => anniversary(date, one))].map(numberOfDay)
  const numbers = dates.flatMap((day) =>
    [-1, ...days].flatMap((count) => [day - Math.floor(count), day - Math.floor(count) + 1]),
  )
  const first = numberOfDay(localDay(timeZone, now))
  return [...new Set(numbers)].filter((day) => day > first).map((day) => localMidnight(timeZone, dayOfNumber(day)))
}

/**
 * Every instant after `now` at which an answer may change: what can be put together out of the client's instants and
 * the policy's days, meant or not. Far too many, on purpose.
 */
const instantsThatMatter = (around: NaiveCase, now: number): number[] => {
  const { account, policy, client } = around
  const days = daysIn(policy)
  const occasions = naiveOccasions(around)
  const last = occasions.at(-1)
  const sleeps = last === undefined ? [] : [last.at + Math.ceil(sleepingThreshold({ ...around, occasions }))]
  const counts = JSON.stringify(policy.rules).includes('.daysUntil')
    ? [...new Set([0, ...daysAmong(policy.rules)])]
    : []
  const midnights = (counts.length > 0 ? valuesIn(client) : []).flatMap((value) =>
    midnightsAround(value, counts, now, account.timeZone),
  )
  const reached = instantsIn(client, account.timeZone).flatMap((at) =>
    days.flatMap((count) => [0, 1].map((more) => Math.ceil(at + count * DAY) + more)),
  )
  const all = [...reached, ...sleeps, ...midnights].filter((at) => at > now)
  return [...Float64Array.from(new Set(all)).sort()]
}

/** The first second after `now` at which something is no longer as it is now; null: never. */
export const naiveNextChange = (around: NaiveCase, now: number, differs: (at: number) => boolean): number | null =>
  instantsThatMatter(around, now).find(differs) ?? null

/**
 * The same for a year, without any idea of which instants matter: day by day, the second by halving the day. What lasts
 * for less than a day may escape it.
 */
export const scannedNextChange = (now: number, differs: (at: number) => boolean): number | null => {
  let [same, other] = [now, now]
  while (!differs(other)) {
    if (other >= now + 365 * DAY) return null
    same = other
    other += DAY
  }
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2)
    if (differs(middle)) other = middle
    else same = middle
  }
  return other
}
