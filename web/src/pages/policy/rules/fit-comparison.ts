import type { Fact } from '../policy-types.ts'
import type { DraftComparison } from './draft.ts'

type Op = DraftComparison['op']

/** What kind of value stands beside an op. */
export type Arity = 'none' | 'one' | 'many' | 'range'

export const arityOf = (op: Op): Arity => {
  if (op === 'exists' || op === 'not_exists') return 'none'
  if (op === 'in' || op === 'not_in') return 'many'
  return op === 'between' ? 'range' : 'one'
}

/** Ages are counted in days, whatever the fact. */
const isAge = (op: Op): boolean => op === 'within_days' || op === 'older_than_days'

/** What a comparison of a fact begins with. */
const blankValue = ({ type, choices, options }: Fact, op: Op): unknown => {
  if (isAge(op)) return 30
  switch (type) {
    case 'number':
    case 'elapsed':
    case 'calendar':
      return 0
    case 'boolean':
      return true
    case 'choice':
      return choices?.[0] ?? ''
    case 'option':
      return options?.[0]?.id ?? ''
    default:
      return ''
  }
}

const isBlank = (value: unknown): boolean => value === '' || value === undefined

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value)

/** The value in the form another op takes; what fits is kept. */
const reshaped = (value: unknown, from: Op, to: Op, fact: Fact): unknown => {
  const kept = isAge(from) === isAge(to) ? value : undefined
  const one = firstOf(kept) ?? blankValue(fact, to)
  switch (arityOf(to)) {
    case 'many':
      return Array.isArray(kept) ? kept : isBlank(one) ? [] : [one]
    case 'range':
      return Array.isArray(kept) && kept.length === 2 ? kept : [one, one]
    default:
      return one
  }
}

/** The comparison with another op. */
export const withOp = ({ fact: name, op: from, value }: DraftComparison, op: Op, fact: Fact): DraftComparison =>
  arityOf(op) === 'none' ? { fact: name, op } : { fact: name, op, value: reshaped(value, from, op, fact) }

/** The op a fact is most often compared by. */
const usualOp = ({ type, ops }: Fact): Op => {
  const usual: Partial<Record<string, Op>> = { number: 'gte', elapsed: 'gte', calendar: 'lte', instant: 'within_days' }
  const op = usual[type]
  return op !== undefined && ops.includes(op) ? op : (ops[0] ?? 'exists')
}

/** The comparison of another fact: its op stays where the fact takes it, its value where the facts are of one kind. */
export const withFact = (
  { op, value }: DraftComparison,
  name: string,
  fact: Fact,
  before: Fact | null,
): DraftComparison => {
  const isAlike =
    before !== null &&
    before.type === fact.type &&
    before.reference === fact.reference &&
    !fact.options &&
    !fact.choices
  const next = isAlike && fact.ops.includes(op) ? op : usualOp(fact)
  if (arityOf(next) === 'none') return { fact: name, op: next }
  const kept = isAlike ? value : blankValue(fact, next)
  return { fact: name, op: next, value: reshaped(kept, isAlike ? op : next, next, fact) }
}
