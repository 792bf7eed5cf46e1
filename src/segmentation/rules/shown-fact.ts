import type { AccountFacts } from '../facts.ts'
import type { ReasonFacts } from '../reason.ts'
import type { Comparison, Op } from './comparison-schema.ts'
import type { CompiledCondition } from './compile-condition.ts'
import type { FactValue } from './fact-types.ts'
import { namesById } from './names.ts'
import type { ResolvedFact } from './resolve-fact.ts'

type Shown = ReasonFacts[string]

/** The facts of a reason while it is put together. */
export type ShownFacts = Record<string, Shown>

const OPPOSITE: Readonly<Record<Op, string>> = {
  eq: 'ne',
  ne: 'eq',
  lt: 'gte',
  lte: 'gt',
  gt: 'lte',
  gte: 'lt',
  in: 'not_in',
  not_in: 'in',
  contains: 'not_contains',
  not_contains: 'contains',
  exists: 'not_exists',
  not_exists: 'exists',
  between: 'not_between',
  within_days: 'not_within_days',
  older_than_days: 'not_older_than_days',
}

const isNumbers = (values: readonly unknown[]): values is readonly number[] =>
  values.every((value) => typeof value === 'number')

const isTexts = (values: readonly unknown[]): values is readonly string[] =>
  values.every((value) => typeof value === 'string')

const shownList = (values: readonly (string | number | boolean)[]): Shown =>
  isTexts(values) || isNumbers(values) ? values : values.map(String)

const monthDay = (value: number): string =>
  `${String(Math.floor(value / 100)).padStart(2, '0')}-${String(value % 100).padStart(2, '0')}`

const isoDay = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

const shown = (fact: ResolvedFact, value: FactValue, names: ReadonlyMap<unknown, string>): Shown => {
  if (typeof value === 'number') {
    if (fact.type === 'calendar') return fact.recurs === true ? monthDay(value) : isoDay(value)
    return names.get(value) ?? value
  }
  if (value === null || typeof value !== 'object') return value
  return shownList(names.size === 0 ? value : value.map((one) => names.get(one) ?? one))
}

/**
 * What a comparison adds to the reason of a match: the fact under its name (ids as names, ages as the instant they count
 * from, countdowns as their day), and what it was compared with under the name and the op, e.g. `ltv` and `ltv.gte`.
 */
export const shownFact = (
  fact: ResolvedFact,
  comparison: Comparison,
  negated: boolean,
  { account }: { readonly account: AccountFacts | null },
): CompiledCondition['explain'] => {
  const op = negated ? OPPOSITE[comparison.op] : comparison.op
  const against = 'value' in comparison ? comparison.value : null
  const limit = against !== null && typeof against === 'object' ? shownList(against) : against
  const prefix = fact.name.slice(0, fact.name.startsWith('client.') ? 'client.'.length : 0)
  const key = fact.shownAs === undefined ? fact.name : prefix + fact.shownAs
  const names = namesById(fact, account)
  const limitKey = `${fact.name}.${op}`
  return (subject, moment, into) => {
    into[key] = shown(fact, fact.read(subject, moment), names)
    if (limit !== null) into[limitKey] = limit
  }
}
