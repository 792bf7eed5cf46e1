import type { AccountFacts } from './facts.ts'
import type { Language } from './labels.ts'
import type { PolicyChange, RulePart } from './policy-diff.ts'
import { titleOf, wordOf } from './policy-diff-titles.ts'
import { describeCondition } from './rules/describe-condition.ts'
import { textIn } from './rules/local-text.ts'
import type { Rule } from './rules/rule-schema.ts'

interface Teller {
  readonly language: Language
  /** Gives names to ids; null: ids stand as they are. */
  readonly account: AccountFacts | null
}

const WORDS = {
  en: { yes: 'yes', no: 'no', none: 'not set', empty: 'none', added: 'added', removed: 'removed', rule: 'Rule' },
  ru: {
    yes: 'да',
    no: 'нет',
    none: 'не задано',
    empty: 'нет',
    added: 'добавлено',
    removed: 'удалено',
    rule: 'Правило',
  },
} as const

const quoted = (text: string, language: Language): string => (language === 'ru' ? `«${text}»` : `"${text}"`)

type Namer = (account: AccountFacts, id: unknown) => string | undefined

const pipelineName: Namer = (account, id) => account.pipelines.find((one) => one.id === id)?.name
const statusName: Namer = (account, id) =>
  account.pipelines.flatMap((pipeline) => pipeline.statuses).find((one) => one.id === id)?.name
const lossReasonName: Namer = (account, id) => account.lossReasons.find((one) => one.id === id)?.name
const fieldName: Namer = (account, id) => account.fields.find((one) => one.id === id)?.name
const userName: Namer = (account, id) => account.users.find((one) => one.id === id)?.name

/** Which steps of a path hold ids, and of what. */
const NAMERS: Readonly<Record<string, Namer>> = {
  pipelineId: pipelineName,
  statusIds: statusName,
  statuses: statusName,
  junkReasons: lossReasonName,
  field: fieldName,
  purchaseDateField: fieldName,
  responsibleUserId: userName,
}

const scalarText = (path: readonly string[], value: unknown, { language, account }: Teller): string => {
  const step = path.at(-1) ?? ''
  if (typeof value === 'boolean') return value ? WORDS[language].yes : WORDS[language].no
  if (typeof value === 'string') return wordOf(step, value, language) ?? quoted(value, language)
  const namer = NAMERS[path.findLast((one) => Object.hasOwn(NAMERS, one)) ?? '']
  const name = account === null || namer === undefined ? undefined : namer(account, value)
  return name === undefined ? String(value) : quoted(name, language)
}

const valueText = (path: readonly string[], value: unknown, teller: Teller): string => {
  const words = WORDS[teller.language]
  if (value === null || value === undefined) return words.none
  if (Array.isArray(value)) {
    const parts = value.map((one) => valueText(path, one, teller))
    const join = value.some((one) => typeof one === 'object') ? '; ' : ', '
    return parts.length === 0 ? words.empty : parts.join(join)
  }
  if (typeof value !== 'object') return scalarText(path, value, teller)
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  const texts = entries.map(
    ([key, one]) => `${titleOf(key, teller.language) ?? key} ${valueText([...path, key], one, teller)}`,
  )
  return texts.length === 0 ? words.empty : texts.join(', ')
}

const pathTitle = (path: readonly string[], language: Language): string => {
  const text = path.map((step) => titleOf(step, language) ?? step).join(': ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const partText = (rule: Rule, part: RulePart, teller: Teller): string => {
  if (part === 'when') return describeCondition(rule.when, teller.language)
  if (part === 'label') return quoted(textIn(rule.label, teller.language), teller.language)
  if (part === 'tag' && rule.tag !== undefined) return quoted(textIn(rule.tag, teller.language), teller.language)
  return valueText([part], rule[part], teller)
}

const ruleName = (rule: Rule, { language }: Teller): string =>
  `${WORDS[language].rule} ${quoted(textIn(rule.label, language), language)}`

const changeText = (change: PolicyChange, teller: Teller): string => {
  const { language } = teller
  switch (change.type) {
    case 'setting': {
      const [before, after] = [change.before, change.after].map((value) => valueText(change.path, value, teller))
      return `${pathTitle(change.path, language)}: ${before} → ${after}`
    }
    case 'rule_added':
    case 'rule_removed': {
      const verb = change.type === 'rule_added' ? WORDS[language].added : WORDS[language].removed
      return `${ruleName(change.rule, teller)} ${verb}: ${describeCondition(change.rule.when, language)}`
    }
    case 'rule_changed': {
      const parts = change.parts.map((part) => {
        const [before, after] = [change.before, change.after].map((rule) => partText(rule, part, teller))
        return `${titleOf(part, language) ?? part}: ${before} → ${after}`
      })
      return `${ruleName(change.before, teller)}: ${parts.join('; ')}`
    }
  }
}

/** The difference of two policies in words, one line per change, e.g. `Спящие клиенты: дней: 90 → 60`. */
export const policyDiffText = (
  changes: readonly PolicyChange[],
  language: Language,
  account: AccountFacts | null = null,
): readonly string[] => changes.map((change) => changeText(change, { language, account }))
