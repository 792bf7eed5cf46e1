import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../ui/use-format.ts'
import { useEditor } from '../editor/editor-context.ts'
import { choiceFor } from './choice-for.ts'
import type { Draft, DraftComparison } from './draft.ts'
import { useFactChoices } from './fact-choices.ts'
import { useFactLabel } from './fact-label.ts'
import { findFact, type RuleTarget } from './fact-lookup.ts'
import { arityOf } from './fit-comparison.ts'
import { useOpLabel } from './op-label.ts'

/** Types whose values are names: "is" goes without saying. */
const NAMED = ['choice', 'reference', 'option', 'boolean']

const DAYS = ['elapsed', 'calendar']

/** A condition in one line, in the names of the account. */
export const useConditionText = (target: RuleTarget): ((draft: Draft) => string) => {
  const { t } = useTranslation('policy')
  const { number } = useFormat()
  const { facts } = useEditor().catalogue
  const factLabel = useFactLabel()
  const opLabel = useOpLabel()
  const choicesOf = useFactChoices()

  const comparisonText = ({ fact: name, op, value }: DraftComparison): string => {
    const reached = findFact(name, target, facts)
    if (reached === null) return name === '' ? t('condition.chooseFact') : `${name} ${opLabel(op, '')}`
    const choices = choicesOf(reached.fact)
    const one = (part: unknown): string => {
      const choice = choices && choiceFor(choices, part)
      if (choice) return choice.label
      if (typeof part === 'boolean') return t(part ? 'input.yes' : 'input.no')
      return typeof part === 'number' && !Number.isNaN(part) ? number(part) : String(part ?? '')
    }
    const inDays = op === 'within_days' || op === 'older_than_days' || DAYS.includes(reached.fact.type)
    const days = inDays ? ` ${t('unit.days')}` : ''
    const values = Array.isArray(value) ? value.map(one).join(op === 'between' ? ' – ' : ', ') : one(value)
    const label = factLabel(reached, { full: true })
    if (NAMED.includes(reached.fact.type) && (op === 'eq' || op === 'ne')) {
      return `${label}: ${op === 'ne' ? `${t('condition.no')} ` : ''}${values}`
    }
    const tail = arityOf(op) === 'none' ? '' : ` ${values}${days}`
    return `${label} ${opLabel(op, reached.fact.type)}${tail}`
  }

  const text = (draft: Draft, isInner = false): string => {
    switch (draft.type) {
      case 'comparison':
        return comparisonText(draft.comparison)
      case 'not':
        return `${t('condition.notMark')} ${text(draft.part, true)}`
      case 'group': {
        if (draft.parts.length === 0) return t(`condition.empty.${draft.join}`)
        const joined = draft.parts.map((part) => text(part, true)).join(` ${t(`condition.joint.${draft.join}`)} `)
        return isInner && draft.parts.length > 1 ? `(${joined})` : joined
      }
    }
  }
  return (draft) => text(draft)
}
