import { useTranslation } from 'react-i18next'
import { useEditor } from '../editor/editor-context.ts'
import { CheckList } from '../inputs/check-list.tsx'
import { TokenInput } from '../inputs/token-input.tsx'
import type { Fact } from '../policy-types.ts'
import { choiceFor } from './choice-for.ts'
import type { FactChoice } from './fact-choices.ts'

interface ManyValuesProps {
  readonly fact: Fact
  readonly choices: readonly FactChoice[] | null
  readonly values: readonly unknown[]
  readonly onChange: (values: readonly unknown[]) => void
  readonly isFaulty: boolean
}

const NUMERIC = ['number', 'calendar', 'reference']

/** Any of several values: ticked in a list of names, or written one after another. */
export const ManyValues = ({ fact, choices, values, onChange, isFaulty }: ManyValuesProps) => {
  const { t } = useTranslation('policy')
  const { tags } = useEditor().catalogue
  if (choices) {
    const plain = values.map(
      (value) => choiceFor(choices, value)?.value ?? (typeof value === 'number' ? value : String(value)),
    )
    const names = plain.map((value) => choiceFor(choices, value)?.label ?? String(value))
    return (
      <details className="many value">
        <summary>{names.length === 0 ? t('condition.choose') : names.join(', ')}</summary>
        <CheckList
          label={t('condition.values')}
          choices={choices.map(({ value, label, group }) => ({ value, label: group ? `${group}: ${label}` : label }))}
          chosen={plain}
          onChange={onChange}
        />
      </details>
    )
  }
  const isNumeric = NUMERIC.includes(fact.type)
  const read = (text: string) => (isNumeric && text !== '' && Number.isFinite(Number(text)) ? Number(text) : text)
  return (
    <TokenInput
      aria-label={t('condition.values')}
      {...(isFaulty ? { 'aria-invalid': true as const } : {})}
      values={values.map(String)}
      suggestions={fact.type === 'tags' ? tags[fact.of] : []}
      onChange={(texts) => onChange(texts.map(read))}
    />
  )
}
