import { all, any, type Moment, not, type Timeline } from '../timeline.ts'
import type { Comparison } from './comparison-schema.ts'
import { changesInTime, compileOperand } from './compile-comparison.ts'
import type { Condition } from './condition-schema.ts'
import { type ComparisonFault, faultAt, type ReadingContext, readOperand } from './read-operand.ts'
import { type ResolutionContext, resolveFact } from './resolve-fact.ts'
import type { RuleSubject } from './rule-subject.ts'
import { type ShownFacts, shownFact } from './shown-fact.ts'

/** A condition, or a part of one, made ready. */
export interface CompiledCondition {
  readonly holds: Timeline<RuleSubject, boolean>
  /** Whether the passing of time alone can change it. */
  readonly changes: boolean
  /** Adds the facts that make it hold to the reason. Asked only where it holds. */
  readonly explain: (subject: RuleSubject, moment: Moment, into: ShownFacts) => void
}

export interface CompileContext extends ResolutionContext, ReadingContext {}

export type Compilation =
  | { readonly type: 'ok'; readonly condition: CompiledCondition }
  /** What a rule names is not in the account (any more). */
  | { readonly type: 'faults'; readonly faults: readonly ComparisonFault[] }

const ofComparison = (comparison: Comparison, negated: boolean, context: CompileContext): Compilation => {
  const resolved = resolveFact(comparison.fact, context)
  if (resolved.type !== 'fact') {
    const unseen = { message: 'The account is not known', advice: 'Give the facts of the account' }
    return { type: 'faults', faults: [faultAt(['fact'], resolved.type === 'unknown' ? resolved : unseen)] }
  }
  const { fact } = resolved
  const reading = readOperand(fact, comparison, context)
  if (reading.type === 'fault') return { type: 'faults', faults: [reading] }
  const { operation } = reading
  const holds = compileOperand(fact, operation.operand, context.days)
  const condition = {
    holds: operation.negated === negated ? holds : not(holds),
    changes: changesInTime(fact, operation.operand),
    explain: shownFact(fact, comparison, negated, context),
  }
  return { type: 'ok', condition }
}

/** Parts that stand still come first: where one of them decides, nothing ahead needs to be looked at. */
const stillFirst = (parts: readonly CompiledCondition[]): Timeline<RuleSubject, boolean>[] =>
  [...parts.filter((part) => !part.changes), ...parts.filter((part) => part.changes)].map((part) => part.holds)

const explainAll =
  (parts: readonly CompiledCondition[]): CompiledCondition['explain'] =>
  (subject, moment, into) => {
    for (const part of parts) part.explain(subject, moment, into)
  }

const explainFirst =
  (parts: readonly CompiledCondition[]): CompiledCondition['explain'] =>
  (subject, moment, into) => {
    parts.find((part) => part.holds(subject, moment))?.explain(subject, moment, into)
  }

const ofGroup = (together: boolean, parts: readonly Compilation[]): Compilation => {
  const faults = parts.flatMap((part) => (part.type === 'faults' ? part.faults : []))
  if (faults.length > 0) return { type: 'faults', faults }
  const ready = parts.flatMap((part) => (part.type === 'ok' ? [part.condition] : []))
  const ordered = stillFirst(ready)
  const condition = {
    holds: together ? all(ordered) : any(ordered),
    changes: ready.some((part) => part.changes),
    explain: together ? explainAll(ready) : explainFirst(ready),
  }
  return { type: 'ok', condition }
}

const inside = (compilation: Compilation, ...steps: readonly (string | number)[]): Compilation =>
  compilation.type === 'ok'
    ? compilation
    : { type: 'faults', faults: compilation.faults.map((fault) => ({ ...fault, path: [...steps, ...fault.path] })) }

/**
 * Makes a condition ready for one account. A `not` is carried down to the comparisons, so that a reason can always name
 * the facts that decided. All faults are found, each with its path from the condition.
 */
export const compileCondition = (condition: Condition, context: CompileContext, negated = false): Compilation => {
  if ('not' in condition) return inside(compileCondition(condition.not, context, !negated), 'not')
  if ('fact' in condition) return ofComparison(condition, negated, context)
  const key = 'all' in condition ? 'all' : 'any'
  const parts = 'all' in condition ? condition.all : condition.any
  return ofGroup(
    (key === 'all') !== negated,
    parts.map((part, index) => inside(compileCondition(part, context, negated), key, index)),
  )
}
