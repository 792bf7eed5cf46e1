import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useEditor } from '../editor/editor-context.ts'
import { NumberInput } from '../inputs/number-input.tsx'
import { useCurrencySign } from '../inputs/use-currency-sign.ts'
import type { Fact } from '../policy-types.ts'
import { ChoiceSelect } from './choice-select.tsx'
import type { DraftComparison } from './draft.ts'
import type { FactChoice } from './fact-choices.ts'

interface OneValueProps {
  readonly fact: Fact
  readonly op: DraftComparison['op']
  readonly choices: readonly FactChoice[] | null
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly isFaulty: boolean
}

const MONEY = ['ltv', 'averageCheck', 'openDeals.sum', 'price']
const DAY = /^\d{4}-\d{2}-\d{2}$/
const isAge = (op: DraftComparison['op']) => op === 'within_days' || op === 'older_than_days'
const asText = (value: unknown) => (value === null || value === undefined ? '' : String(value))
const asNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN)

/** One value, by the type of its fact. */
export const OneValue = ({ fact, op, choices, label, value, onChange, isFaulty }: OneValueProps) => {
  const { t } = useTranslation('policy')
  const currency = useCurrencySign()
  const { tags } = useEditor().catalogue
  const list = useId()
  const aria = { 'aria-label': label, ...(isFaulty ? { 'aria-invalid': true as const } : {}) }
  if (isAge(op) || fact.type === 'elapsed' || fact.type === 'calendar') {
    return <NumberInput {...aria} value={asNumber(value)} onChange={onChange} unit={t('unit.days')} />
  }
  if (fact.type === 'number') {
    const unit = MONEY.includes(fact.name) ? currency : undefined
    return <NumberInput {...aria} value={asNumber(value)} onChange={onChange} unit={unit} />
  }
  if (fact.type === 'boolean') {
    return (
      <select
        {...aria}
        className="value"
        value={String(value)}
        onChange={(event) => onChange(event.target.value === 'true')}
      >
        <option value="true">{t('input.yes')}</option>
        <option value="false">{t('input.no')}</option>
      </select>
    )
  }
  if (choices) return <ChoiceSelect {...aria} choices={choices} value={value} onChange={onChange} />
  if (fact.reference === 'source') {
    return <NumberInput {...aria} value={asNumber(value)} onChange={onChange} step={1} />
  }
  if (fact.type === 'instant' && (value === '' || DAY.test(asText(value)))) {
    return (
      <input
        {...aria}
        className="value"
        type="date"
        value={asText(value)}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <>
      <input
        {...aria}
        className="value"
        type="text"
        value={asText(value)}
        {...(fact.type === 'tags' ? { list } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      {fact.type === 'tags' && (
        <datalist id={list}>
          {tags[fact.of].map((tag) => (
            <option key={tag} value={tag} />
          ))}
        </datalist>
      )}
    </>
  )
}
