import type { Comparison, Scalar } from '../../src/segmentation/rules/comparison-schema.ts'
import type { Condition } from '../../src/segmentation/rules/condition-schema.ts'
import { type NaiveFact, type NaiveSubject, type Named, naiveFact } from './naive-facts.ts'
import { dayOfNumber, localMidnight, numberOfDay } from './naive-local-day.ts'

const DAY = 86_400

const plain = (value: unknown): string => String(value).trim().toLowerCase()

const valuesOf = (comparison: Comparison): readonly Scalar[] => ('value' in comparison ? [comparison.value].flat() : [])

const isThere = (fact: NaiveFact): boolean => {
  switch (fact.type) {
    case 'age':
      return fact.since !== null
    case 'text':
    case 'tags':
    case 'presence':
      return fact.values.length > 0
    case 'thing':
      return fact.ids.length > 0 || (fact.texts ?? []).length > 0
    default:
      return fact.value !== null
  }
}

/** What the value of a rule covers: a number just itself, a date all its seconds. */
interface Cover {
  readonly least: number
  readonly greatest: number
}

const compare = (value: number, op: string, covers: readonly Cover[]): boolean => {
  const [one, other] = covers
  switch (op) {
    case 'eq':
    case 'in':
      return covers.some(({ least, greatest }) => value >= least && value <= greatest)
    case 'lt':
      return one !== undefined && value < one.least
    case 'lte':
      return one !== undefined && value <= one.greatest
    case 'gt':
      return one !== undefined && value > one.greatest
    case 'gte':
      return one !== undefined && value >= one.least
    case 'between':
      return one !== undefined && other !== undefined && value >= one.least && value <= other.greatest
    default:
      throw new Error(`No order in ${op}`)
  }
}

const itself = (value: Scalar): Cover => ({ least: Number(value), greatest: Number(value) })

const coverOfInstant = (value: Scalar, timeZone: string): Cover => {
  if (typeof value !== 'string') return itself(value)
  if (value.length > 10) return itself(Date.parse(value) / 1000)
  const next = dayOfNumber(numberOfDay(value) + 1)
  return { least: localMidnight(timeZone, value), greatest: localMidnight(timeZone, next) - 1 }
}

/** The ids a name or id of a rule means; a name goes before a number that happens to be an id. */
const idsMeant = (value: Scalar, among: readonly Named[]): number[] => {
  const named = among.filter((one) => one.name !== '' && plain(one.name) === plain(value))
  return named.length > 0 ? named.map((one) => one.id) : [Number(value)]
}

const isThing = ({ ids, texts, among }: Extract<NaiveFact, { type: 'thing' }>, value: Scalar): boolean => {
  const meant = idsMeant(value, among)
  const names = among.filter((one) => meant.includes(one.id)).map((one) => plain(one.name))
  return ids.some((id) => meant.includes(id)) || (texts ?? []).some((text) => names.includes(plain(text)))
}

/** The comparisons that are not negations, for a fact that may be missing. */
const holdsPlainly = (fact: NaiveFact, op: string, values: readonly Scalar[], subject: NaiveSubject): boolean => {
  const { at, account } = subject.view
  if (op === 'exists') return isThere(fact)
  switch (fact.type) {
    case 'number': {
      const value = fact.value ?? fact.absent ?? null
      return value !== null && compare(value, op, values.map(itself))
    }
    case 'age':
      return (
        fact.since !== null &&
        compare(
          Math.max(0, at - fact.since),
          op,
          values.map((days) => itself(Number(days) * DAY)),
        )
      )
    case 'instant': {
      if (fact.value === null) return false
      const days = Number(values[0])
      if (op === 'within_days') return at >= fact.value && at < fact.value + days * DAY
      if (op === 'older_than_days') return at >= fact.value + days * DAY
      return compare(
        fact.value,
        op,
        values.map((value) => coverOfInstant(value, account.timeZone)),
      )
    }
    case 'text':
      if (op === 'contains') return fact.values.some((text) => String(text).toLowerCase().includes(plain(values[0])))
      return fact.values.some((text) => values.some((value) => plain(value) === plain(text)))
    case 'tags':
      return fact.values.some((tag) => values.some((value) => plain(value) === plain(tag)))
    case 'word':
      return values.some((value) => fact.value !== null && plain(value) === plain(fact.value))
    case 'thing':
      return values.some((value) => isThing(fact, value))
    case 'truth': {
      const value = fact.value ?? fact.absent ?? null
      return value !== null && values.includes(value)
    }
    case 'presence':
      return false
  }
}

const NEGATIONS: Readonly<Record<string, string>> = {
  ne: 'eq',
  not_in: 'in',
  not_contains: 'contains',
  not_exists: 'exists',
}

/** Whether a condition holds for the subject at its instant. */
export const naiveHolds = (condition: Condition, target: 'client' | 'deal', subject: NaiveSubject): boolean => {
  if ('all' in condition) return condition.all.every((part) => naiveHolds(part, target, subject))
  if ('any' in condition) return condition.any.some((part) => naiveHolds(part, target, subject))
  if ('not' in condition) return !naiveHolds(condition.not, target, subject)
  const fact = naiveFact(condition.fact, target, subject)
  const positive = NEGATIONS[condition.op]
  const holds = holdsPlainly(fact, positive ?? condition.op, valuesOf(condition), subject)
  return positive === undefined ? holds : !holds
}
