import type { AccountFacts } from '../facts.ts'
import { type CompiledCondition, compileCondition } from './compile-condition.ts'
import { localDays } from './local-days.ts'
import { pathText } from './path-text.ts'
import type { Rule } from './rule-schema.ts'

/** A rule that is switched on, made ready for one account. */
export interface CompiledRule {
  readonly id: string
  readonly target: Rule['target']
  readonly condition: CompiledCondition
}

/** Why a rule cannot be asked any more: something it names has gone from the account. It matches nothing. */
export interface RuleFault {
  readonly ruleId: string
  readonly path: string
  readonly message: string
}

export interface CompiledRules {
  /** By rising id. */
  readonly rules: readonly CompiledRule[]
  readonly faults: readonly RuleFault[]
}

const byId = (one: Rule, other: Rule): number => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)

const compiled = (rule: Rule, account: AccountFacts): CompiledRule | readonly RuleFault[] => {
  const { id, target, when } = rule
  const days = localDays(account.timeZone)
  const compilation = compileCondition(when, { target, account, days })
  if (compilation.type === 'faults') {
    return compilation.faults.map(({ path, message }) => ({ ruleId: id, path: pathText(['when', ...path]), message }))
  }
  return { id, target, condition: compilation.condition }
}

/**
 * Makes the rules that are switched on ready for one account: names become ids, conditions functions of time. Never
 * refuses: a rule whose field or pipeline was removed after the policy was saved is left out and told of.
 */
export const compileRules = (rules: readonly Rule[], account: AccountFacts): CompiledRules => {
  const ready: CompiledRule[] = []
  const faults: RuleFault[] = []
  for (const rule of rules.filter((one) => one.enabled).sort(byId)) {
    const one = compiled(rule, account)
    if ('condition' in one) ready.push(one)
    else faults.push(...one)
  }
  return { rules: ready, faults }
}
