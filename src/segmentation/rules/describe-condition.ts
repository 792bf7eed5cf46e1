import type { Comparison, Op } from './comparison-schema.ts'
import type { Condition } from './condition-schema.ts'
import type { Language } from './local-text.ts'

const OP_WORDS: Readonly<Record<Language, Readonly<Record<Op, string>>>> = {
  en: {
    eq: '=',
    ne: '≠',
    lt: '<',
    lte: '≤',
    gt: '>',
    gte: '≥',
    in: 'is one of',
    not_in: 'is none of',
    contains: 'contains',
    not_contains: 'does not contain',
    exists: 'is known',
    not_exists: 'is not known',
    between: 'is between',
    within_days: 'is not older than, in days,',
    older_than_days: 'is older than, in days,',
  },
  ru: {
    eq: '=',
    ne: '≠',
    lt: '<',
    lte: '≤',
    gt: '>',
    gte: '≥',
    in: 'одно из',
    not_in: 'ни одно из',
    contains: 'содержит',
    not_contains: 'не содержит',
    exists: 'известно',
    not_exists: 'не известно',
    between: 'от и до',
    within_days: 'не старше, дней,',
    older_than_days: 'старше, дней,',
  },
}

const WORDS = {
  en: { and: ' and ', or: ' or ', not: 'not ', always: 'always', never: 'never' },
  ru: { and: ' и ', or: ' или ', not: 'не ', always: 'всегда', never: 'никогда' },
} as const

const valueText = (comparison: Comparison): string => {
  if (!('value' in comparison)) return ''
  return Array.isArray(comparison.value) ? ` ${comparison.value.join(', ')}` : ` ${String(comparison.value)}`
}

const group = (parts: readonly Condition[], join: string, empty: string, language: Language): string => {
  if (parts.length === 0) return empty
  return parts.map((part) => inBrackets(part, language)).join(join)
}

const inBrackets = (condition: Condition, language: Language): string => {
  const text = describeCondition(condition, language)
  return 'fact' in condition ? text : `(${text})`
}

/** A condition in one line, e.g. `ltv ≥ 500000 and (tags contains VIP or lifecycle = regular)`. */
export const describeCondition = (condition: Condition, language: Language): string => {
  const words = WORDS[language]
  if ('all' in condition) return group(condition.all, words.and, words.always, language)
  if ('any' in condition) return group(condition.any, words.or, words.never, language)
  if ('not' in condition) return words.not + inBrackets(condition.not, language)
  return `${condition.fact} ${OP_WORDS[language][condition.op]}${valueText(condition)}`
}
