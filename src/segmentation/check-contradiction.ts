import type { Operand, Span } from './rules/operand.ts'
import { folded, justAbove } from './rules/operand.ts'
import type { ResolvedFact } from './rules/resolve-fact.ts'

/** One comparison that must hold, or must not. */
export interface Constraint {
  readonly fact: ResolvedFact
  readonly operand: Operand
  readonly positive: boolean
}

type Member = string | number | boolean

const EVERYTHING: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** Ages and the instant they count from are one fact under two names. */
const keyOf = ({ fact }: Constraint): string => {
  const prefix = fact.name.startsWith('client.') ? 'client.' : ''
  return fact.shownAs === undefined ? fact.name : prefix + fact.shownAs
}

const overlap = (one: Span, other: Span): Span => ({
  from: Math.max(one.from, other.from),
  to: Math.min(one.to, other.to),
})

const without = (span: Span, hole: Span): Span[] => [
  { from: span.from, to: Math.min(span.to, hole.from) },
  { from: Math.max(span.from, hole.to), to: span.to },
]

const holdsSome = ({ from, to }: Span, whole: boolean): boolean => (whole ? Math.ceil(from) < to : from < to)

const spansOf = (operand: Operand): readonly Span[] => {
  if (operand.type === 'age_in') return [operand.span]
  return operand.type === 'value_in' ? operand.spans : []
}

const rangeOf = ({ range }: ResolvedFact): Span =>
  range === undefined ? EVERYTHING : { from: range[0], to: range[1] === EVERYTHING.to ? range[1] : justAbove(range[1]) }

/** Whether some number lies in all the wanted spans and in none of the unwanted ones. */
const someNumber = (constraints: readonly Constraint[], range: Span, whole: boolean): boolean => {
  let left: Span[] = [range]
  for (const { operand, positive } of constraints) {
    const spans = spansOf(operand)
    left = positive
      ? left.flatMap((span) => spans.map((wanted) => overlap(span, wanted)))
      : spans.reduce((rest, hole) => rest.flatMap((span) => without(span, hole)), left)
  }
  return left.some((span) => holdsSome(span, whole))
}

const setsOf = (constraints: readonly Constraint[], positive: boolean): ReadonlySet<Member>[] =>
  constraints.flatMap((one) =>
    one.positive === positive && one.operand.type === 'one_of' ? [one.operand.members] : [],
  )

const partsOf = (constraints: readonly Constraint[], positive: boolean): string[] =>
  constraints.flatMap((one) => (one.positive === positive && one.operand.type === 'part' ? [one.operand.text] : []))

const holds = (member: Member, part: string): boolean => String(member).includes(part)

const allChoices = ({ type, choices }: ResolvedFact): ReadonlySet<Member> | null => {
  if (type === 'boolean') return new Set([true, false])
  return choices === undefined ? null : new Set(choices.map(folded))
}

/** Whether one value can be all that is wanted and nothing that is not. */
const someValue = (constraints: readonly Constraint[], fact: ResolvedFact): boolean => {
  const choices = allChoices(fact)
  const [first, ...rest] = [...setsOf(constraints, true), ...(choices === null ? [] : [choices])]
  const [parts, barred] = [partsOf(constraints, true), partsOf(constraints, false)]
  if (first === undefined) return !parts.some((part) => barred.some((bar) => holds(part, bar)))
  const unwanted = setsOf(constraints, false)
  return [...first].some(
    (member) =>
      rest.every((set) => set.has(member)) &&
      !unwanted.some((set) => set.has(member)) &&
      parts.every((part) => holds(member, part)) &&
      !barred.some((bar) => holds(member, bar)),
  )
}

/** Whether several values together can be all that is wanted, and none of them anything that is not. */
const someValues = (constraints: readonly Constraint[]): boolean => {
  const unwanted = setsOf(constraints, false)
  const barred = partsOf(constraints, false)
  const allowed = (member: Member) =>
    !unwanted.some((set) => set.has(member)) && !barred.some((bar) => holds(member, bar))
  return (
    setsOf(constraints, true).every((set) => [...set].some(allowed)) &&
    partsOf(constraints, true).every((part) => !barred.some((bar) => holds(part, bar)))
  )
}

const ofType = (constraints: readonly Constraint[], ...types: readonly Operand['type'][]) =>
  constraints.filter(({ operand }) => types.includes(operand.type))

/** Whether some value fits, were there one. The age of an instant is free of the instant itself. */
const canHaveValue = (constraints: readonly Constraint[], fact: ResolvedFact): boolean => {
  const words = ofType(constraints, 'one_of', 'part')
  return (
    someNumber(ofType(constraints, 'age_in'), EVERYTHING, true) &&
    someNumber(ofType(constraints, 'value_in'), rangeOf(fact), fact.type !== 'number') &&
    (words.length === 0 || (fact.several === true ? someValues(words) : someValue(words, fact)))
  )
}

const canBePresent = (constraints: readonly Constraint[], fact: ResolvedFact): boolean =>
  fact.absentBecause === undefined &&
  ofType(constraints, 'present').every(({ positive }) => positive) &&
  canHaveValue(constraints, fact)

/** What is absent fits whatever is not wanted; where it counts as a value, it fits what that value fits. */
const canBeAbsent = (constraints: readonly Constraint[], fact: ResolvedFact): boolean => {
  if (fact.whenAbsent === undefined) return constraints.every(({ positive }) => !positive)
  return ofType(constraints, 'present').every(({ positive }) => !positive) && canHaveValue(constraints, fact)
}

/** Whether the constraints, which must all be met, exclude each other on some fact. */
export const contradict = (constraints: readonly Constraint[]): boolean => {
  const byFact = new Map<string, Constraint[]>()
  for (const one of constraints) {
    const same = byFact.get(keyOf(one))
    if (same === undefined) byFact.set(keyOf(one), [one])
    else same.push(one)
  }
  return [...byFact.values()].some((group) => {
    const fact = group[0]?.fact
    return fact !== undefined && !canBePresent(group, fact) && !canBeAbsent(group, fact)
  })
}
