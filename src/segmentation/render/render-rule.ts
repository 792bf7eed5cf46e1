import { OPS } from '../rules/comparison-schema.ts'
import { textIn } from '../rules/local-text.ts'
import { type ResolvedFact, resolveFact } from '../rules/resolve-fact.ts'
import type { RuleMatch } from '../verdict.ts'
import { formatNumber, NBSP } from './plural.ts'
import type { Voice } from './voice.ts'

type Shown = RuleMatch['reason']['facts'][string]

/** Operators as people write them; the others stand as they are named. */
const SIGNS: Readonly<Record<string, string>> = { eq: '=', ne: '≠', lt: '<', lte: '≤', gt: '>', gte: '≥' }

/** What every reason of a rule begins with, and no fact of the client. */
const ABOUT = new Set(['rule', 'ru', 'en'])

const YES: Readonly<Record<Voice['language'], readonly [yes: string, no: string, none: string]>> = {
  ru: ['да', 'нет', 'нет'],
  en: ['yes', 'no', 'none'],
}

const valueText = (value: Shown, fact: ResolvedFact | null, voice: Voice): string => {
  const [yes, no, none] = YES[voice.language]
  if (value === null) return none
  if (typeof value === 'boolean') return value ? yes : no
  if (typeof value === 'string') return value
  if (typeof value === 'number')
    return fact?.type === 'instant' ? voice.date(value) : formatNumber(value, voice.language)
  return value.join(', ')
}

/** Splits `ltv.gte` into the fact and its operator; a fact alone has none. */
const parted = (key: string): readonly [fact: string, op: string | null] => {
  const dot = key.lastIndexOf('.')
  const op = key.slice(dot + 1).replace(/^not_(between|within_days|older_than_days)$/, '$1')
  return dot > 0 && OPS.some((known) => known === op) ? [key.slice(0, dot), key.slice(dot + 1)] : [key, null]
}

/** A rule that holds, and the facts that made it hold, e.g. `VIP: сумма всех покупок 120 000; сумма всех покупок ≥ 100 000`. */
export const renderRule = (match: RuleMatch, voice: Voice): string => {
  const { account, policy } = voice.policy
  const rule = policy.rules.find((one) => one.id === match.ruleId)
  const label = rule === undefined ? match.ruleId : textIn(rule.label, voice.language)
  const target = rule?.target ?? (match.dealId === null ? 'client' : 'deal')
  const parts = Object.entries(match.reason.facts)
    .filter(([key]) => !ABOUT.has(key))
    .map(([key, value]) => {
      const [name, op] = parted(key)
      const resolution = resolveFact(name, { target, account })
      const fact = resolution.type === 'fact' ? resolution.fact : null
      const sign = op === null ? '' : `${SIGNS[op] ?? op}${NBSP}`
      return `${fact?.meaning[voice.language] ?? name} ${sign}${valueText(value, fact, voice)}`
    })
  return parts.length === 0 ? label : `${label}: ${parts.join('; ')}`
}
