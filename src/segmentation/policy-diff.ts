import type { Policy } from './policy.ts'
import { LANGUAGES, textIn } from './rules/local-text.ts'
import type { Rule } from './rules/rule-schema.ts'

/** Parts of a rule that a change can be about. */
export const RULE_PARTS = ['label', 'target', 'enabled', 'when', 'tag', 'actions'] as const
export type RulePart = (typeof RULE_PARTS)[number]

/** One difference between two policies, in the order of the settings, rules last. */
export type PolicyChange =
  | { readonly type: 'setting'; readonly path: readonly string[]; readonly before: unknown; readonly after: unknown }
  | { readonly type: 'rule_added' | 'rule_removed'; readonly rule: Rule }
  | {
      readonly type: 'rule_changed'
      readonly before: Rule
      readonly after: Rule
      readonly parts: readonly RulePart[]
    }

type Tree = Readonly<Record<string, unknown>>

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Equality of plain data, whatever the order of keys; a key that is undefined is a key that is absent. */
const isSame = (one: unknown, other: unknown): boolean => {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => isSame(value, other[index]))
  }
  if (!isTree(one) || !isTree(other)) return Object.is(one, other)
  return keysOf(one, other).every((key) => isSame(one[key], other[key]))
}

const keysOf = (one: Tree, other: Tree): string[] => [...new Set([...Object.keys(one), ...Object.keys(other)])]

const settingChanges = (before: Tree, after: Tree, path: readonly string[] = []): PolicyChange[] =>
  keysOf(before, after).flatMap((key): PolicyChange[] => {
    const [was, is] = [before[key], after[key]]
    if (isSame(was, is)) return []
    if (isTree(was) && isTree(is)) return settingChanges(was, is, [...path, key])
    return [{ type: 'setting', path: [...path, key], before: was, after: is }]
  })

/** A name that is the same in every language is one text or two alike. */
const partOf = (rule: Rule, part: RulePart): unknown => {
  const text = part === 'label' || part === 'tag' ? rule[part] : undefined
  return text === undefined ? rule[part] : LANGUAGES.map((language) => textIn(text, language))
}

const ruleChange = (before: Rule, after: Rule): PolicyChange[] => {
  const parts = RULE_PARTS.filter((part) => !isSame(partOf(before, part), partOf(after, part)))
  return parts.length === 0 ? [] : [{ type: 'rule_changed', before, after, parts }]
}

const ruleChanges = (before: readonly Rule[], after: readonly Rule[]): PolicyChange[] => {
  const was = new Map(before.map((rule) => [rule.id, rule]))
  const is = new Set(after.map((rule) => rule.id))
  return [
    ...before.flatMap((rule) => (is.has(rule.id) ? [] : [{ type: 'rule_removed', rule } as const])),
    ...after.flatMap((rule) => {
      const old = was.get(rule.id)
      return old === undefined ? [{ type: 'rule_added', rule } as const] : ruleChange(old, rule)
    }),
  ]
}

/**
 * What differs between two policies. Settings are told apart one by one, lists as wholes, rules by their ids (their order
 * means nothing).
 */
export const diffPolicies = (before: Policy, after: Policy): readonly PolicyChange[] => {
  const { rules: rulesBefore, ...settingsBefore } = before
  const { rules: rulesAfter, ...settingsAfter } = after
  return [...settingChanges(settingsBefore, settingsAfter), ...ruleChanges(rulesBefore, rulesAfter)]
}
