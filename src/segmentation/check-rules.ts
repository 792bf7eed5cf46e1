import { type Finding, finding, type Path } from './check-finding.ts'
import type { PolicyCheck } from './check-policy.ts'
import { impossibleParts } from './check-possible.ts'
import type { AccountFacts } from './facts.ts'
import type { Policy } from './policy.ts'
import type { Comparison } from './rules/comparison-schema.ts'
import type { Condition } from './rules/condition-schema.ts'
import { localDays } from './rules/local-days.ts'
import { type Complaint, type Operation, readOperand } from './rules/read-operand.ts'
import { type ResolvedFact, resolveFact } from './rules/resolve-fact.ts'
import type { Rule } from './rules/rule-schema.ts'

/** One comparison of a condition, found and read. */
export interface ReadComparison {
  readonly comparison: Comparison
  readonly path: Path
  /** Whether an odd number of `not` stands above it. */
  readonly negated: boolean
  readonly fact: ResolvedFact
  readonly operation: Operation
}

export interface Placed {
  readonly comparison: Comparison
  readonly path: Path
  readonly negated: boolean
}

/** The comparisons of a condition, each with its path from the condition. */
export const comparisonsIn = (condition: Condition, path: Path = [], negated = false): Placed[] => {
  if ('fact' in condition) return [{ comparison: condition, path, negated }]
  if ('not' in condition) return comparisonsIn(condition.not, [...path, 'not'], !negated)
  const key = 'all' in condition ? 'all' : 'any'
  const parts = 'all' in condition ? condition.all : condition.any
  return parts.flatMap((part, index) => comparisonsIn(part, [...path, key, index], negated))
}

export type ComparisonCheck =
  | { readonly type: 'ok'; readonly read: ReadComparison }
  | { readonly type: 'fault'; readonly path: Path; readonly complaint: Complaint }
  /** It reads a field, and the account is not known. */
  | { readonly type: 'unseen' }

export const readComparison = (
  placed: Placed,
  target: Rule['target'],
  account: AccountFacts | null,
): ComparisonCheck => {
  const { comparison, path } = placed
  const resolved = resolveFact(comparison.fact, { target, account })
  if (resolved.type === 'unseen') return { type: 'unseen' }
  if (resolved.type === 'unknown') return { type: 'fault', path: [...path, 'fact'], complaint: resolved }
  const days = localDays(account?.timeZone ?? 'UTC')
  const reading = readOperand(resolved.fact, comparison, { account, days })
  if (reading.type === 'fault') return { type: 'fault', path: [...path, ...reading.path], complaint: reading }
  return { type: 'ok', read: { ...placed, fact: resolved.fact, operation: reading.operation } }
}

const faultsOf = (rule: Rule, at: Path, account: AccountFacts | null): Finding[] =>
  comparisonsIn(rule.when, [...at, 'when']).flatMap((placed) => {
    const check = readComparison(placed, rule.target, account)
    return check.type === 'fault' ? [finding(check.path, check.complaint)] : []
  })

/** The conditions of the rules: what they name must be there, and someone must be able to fit them. */
export const checkRules = (policy: Policy, account: AccountFacts | null): PolicyCheck => {
  const errors: Finding[] = []
  const warnings: Finding[] = []
  for (const [index, rule] of policy.rules.entries()) {
    const at = ['rules', index] as const
    const faults = faultsOf(rule, at, account)
    if (rule.enabled) errors.push(...faults)
    else warnings.push(...faults)
    if (rule.enabled && faults.length === 0) warnings.push(...impossibleParts(rule, at, policy, account))
  }
  return { errors, warnings }
}
