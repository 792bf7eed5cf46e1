import type { AccountFacts } from '../facts.ts'
import { AGE_OPS, type Comparison, type Op, type Scalar } from './comparison-schema.ts'
import { FACT_TYPES } from './fact-types.ts'
import type { LocalDays } from './local-days.ts'
import { idsNamed } from './names.ts'
import { folded, type Operand } from './operand.ts'
import { type SpanType, spansOf } from './read-spans.ts'
import type { ResolvedFact } from './resolve-fact.ts'

/** Each op that negates another one. */
const NEGATES: Partial<Record<Op, Op>> = {
  ne: 'eq',
  not_in: 'in',
  not_contains: 'contains',
  not_exists: 'exists',
}

export interface Operation {
  readonly op: Op
  /** The comparison holds where `operand` does not. */
  readonly negated: boolean
  readonly operand: Operand
}

/** Something wrong in a comparison; the path starts at the comparison. */
export interface ComparisonFault {
  readonly type: 'fault'
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What to do about it. */
  readonly advice: string
}

export type OperandReading = { readonly type: 'ok'; readonly operation: Operation } | ComparisonFault

export interface ReadingContext {
  /** Null: the account is not known, names and ids of its things are taken as they are. */
  readonly account: AccountFacts | null
  readonly days: LocalDays
}

/** What is wrong and what to do about it. */
export interface Complaint {
  readonly message: string
  readonly advice: string
}

export const faultAt = (path: readonly (string | number)[], { message, advice }: Complaint): ComparisonFault => ({
  type: 'fault',
  path,
  message,
  advice,
})

/** The values a comparison names, each with its place. */
const valuesOf = (comparison: Comparison): { value: Scalar; path: (string | number)[] }[] => {
  if (!('value' in comparison)) return []
  if (!Array.isArray(comparison.value)) return [{ value: comparison.value, path: ['value'] }]
  return comparison.value.map((value, index) => ({ value, path: ['value', index] }))
}

const wrongValue = (fact: ResolvedFact, value: Scalar): Complaint => ({
  message: `"${fact.name}" cannot be compared with ${JSON.stringify(value)}`,
  advice: `Give ${FACT_TYPES[fact.type].value.en}`,
})

/** The set members one value of a rule stands for, or why it stands for nothing. */
const membersFor = (
  fact: ResolvedFact,
  value: Scalar,
  { account }: ReadingContext,
): { readonly members: readonly (string | number | boolean)[] } | Complaint => {
  switch (fact.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { members: [value] } : wrongValue(fact, value)
    case 'reference':
    case 'option':
      return idsNamed(fact, value, account)
    default:
      return typeof value === 'boolean' ? wrongValue(fact, value) : { members: [folded(String(value))] }
  }
}

const oneOf = (fact: ResolvedFact, comparison: Comparison, context: ReadingContext): Operand | ComparisonFault => {
  const members = new Set<string | number | boolean>()
  for (const { value, path } of valuesOf(comparison)) {
    const found = membersFor(fact, value, context)
    if ('message' in found) return faultAt(path, found)
    for (const member of found.members) members.add(member)
  }
  return { type: 'one_of', members }
}

const isAge = (op: Op): boolean => AGE_OPS.some((age) => age === op)

const spans = (
  fact: ResolvedFact,
  type: SpanType,
  op: Op,
  comparison: Comparison,
  days: LocalDays,
): Operand | ComparisonFault => {
  const values = valuesOf(comparison)
  for (const { value, path } of values) {
    if (spansOf(type, isAge(op) ? op : 'in', [value], days) === null) return faultAt(path, wrongValue(fact, value))
  }
  const plain = values.map(({ value }) => value)
  return spansOf(type, op, plain, days) ?? faultAt(['value'], wrongValue(fact, plain[0] ?? ''))
}

const operandOf = (
  fact: ResolvedFact,
  op: Op,
  comparison: Comparison,
  context: ReadingContext,
): Operand | ComparisonFault => {
  if (op === 'exists') return { type: 'present' }
  switch (fact.type) {
    case 'number':
    case 'elapsed':
    case 'calendar':
    case 'instant':
      return spans(fact, fact.type, op, comparison, context.days)
    case 'text':
      if (op === 'contains') {
        const [one] = valuesOf(comparison)
        return { type: 'part', text: folded(String(one?.value ?? '')) }
      }
      return oneOf(fact, comparison, context)
    default:
      return oneOf(fact, comparison, context)
  }
}

/** Makes the op and value of a comparison ready for a fact, or says which of the two is wrong and what to do. */
export const readOperand = (fact: ResolvedFact, comparison: Comparison, context: ReadingContext): OperandReading => {
  const { ops } = FACT_TYPES[fact.type]
  if (!ops.some((op) => op === comparison.op)) {
    const message = `"${fact.name}" does not take "${comparison.op}"`
    return faultAt(['op'], { message, advice: `Use one of ${ops.join(', ')}` })
  }
  const positive = NEGATES[comparison.op]
  const operand = operandOf(fact, positive ?? comparison.op, comparison, context)
  if (operand.type === 'fault') return operand
  return { type: 'ok', operation: { op: comparison.op, negated: positive !== undefined, operand } }
}
