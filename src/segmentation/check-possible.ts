import { type Constraint, contradict } from './check-contradiction.ts'
import { type Finding, finding, type Path } from './check-finding.ts'
import { readComparison } from './check-rules.ts'
import type { AccountFacts } from './facts.ts'
import type { Policy } from './policy.ts'
import type { Condition } from './rules/condition-schema.ts'
import type { Rule } from './rules/rule-schema.ts'

interface Scope {
  readonly target: Rule['target']
  readonly account: AccountFacts | null
  readonly policy: Policy
}

type Group = readonly { readonly part: Condition; readonly step: Path }[]

/** A condition with `not` carried down: a comparison, or a group that holds together or one by one. */
interface Form {
  readonly negated: boolean
  readonly together: boolean
  readonly group: Group
}

const formOf = (condition: Condition, negated: boolean): Form | null => {
  if ('fact' in condition) return null
  if ('not' in condition) {
    return { negated: !negated, together: true, group: [{ part: condition.not, step: ['not'] }] }
  }
  const key = 'all' in condition ? 'all' : 'any'
  const parts = 'all' in condition ? condition.all : condition.any
  const group = parts.map((part, index) => ({ part, step: [key, index] }))
  return { negated, together: (key === 'all') !== negated, group }
}

const constraintOf = (condition: Condition, negated: boolean, scope: Scope): Constraint[] => {
  if (!('fact' in condition)) return []
  const check = readComparison({ comparison: condition, path: [], negated }, scope.target, scope.account)
  if (check.type !== 'ok') return []
  const { fact, operation } = check.read
  const tiers = scope.policy.value.tiers.map((tier) => tier.label)
  const known = fact.name.endsWith('value.tier') ? { ...fact, choices: tiers } : fact
  return [{ fact: known, operand: operation.operand, positive: operation.negated === negated }]
}

/** Whether someone could fit the condition together with the constraints already met. Says no only where it is sure. */
const isPossible = (condition: Condition, negated: boolean, met: readonly Constraint[], scope: Scope): boolean => {
  const constraints = [...met]
  const choices: { readonly group: Group; readonly negated: boolean }[] = []
  const take = (one: Condition, turned: boolean): void => {
    const form = formOf(one, turned)
    if (form === null) constraints.push(...constraintOf(one, turned, scope))
    else if (form.together) for (const { part } of form.group) take(part, form.negated)
    else choices.push(form)
  }
  take(condition, negated)
  if (contradict(constraints)) return false
  return choices.every((choice) =>
    choice.group.some(({ part }) => isPossible(part, choice.negated, constraints, scope)),
  )
}

/** The parts that nobody could fit even alone, as deep as the fault can be traced. */
const blame = (condition: Condition, negated: boolean, path: Path, scope: Scope): Path[] => {
  const form = formOf(condition, negated)
  const inner = (form?.group ?? []).flatMap(({ part, step }) =>
    blame(part, form?.negated ?? false, [...path, ...step], scope),
  )
  if (inner.length > 0) return inner
  return isPossible(condition, negated, [], scope) ? [] : [path]
}

/** Warns of a rule that can never match, or of parts of its condition that can never hold. */
export const impossibleParts = (
  { when, target, id }: Rule,
  at: Path,
  policy: Policy,
  account: AccountFacts | null,
): Finding[] => {
  const scope: Scope = { target, account, policy }
  const never = !isPossible(when, false, [], scope)
  const message = never ? `The rule "${id}" can never match` : `This part of the rule "${id}" can never hold`
  const advice = 'Look for an empty list, bounds the wrong way round, or comparisons that exclude each other'
  return blame(when, false, [...at, 'when'], scope).map((path) => finding(path, { message, advice }))
}
