import { useTranslation } from 'react-i18next'
import { choiceFor } from './choice-for.ts'
import type { FactChoice } from './fact-choices.ts'

interface ChoiceSelectProps {
  readonly choices: readonly FactChoice[]
  readonly value: unknown
  readonly onChange: (value: string | number) => void
  readonly 'aria-label': string
  readonly 'aria-invalid'?: true
}

/** One thing of the account by its name; a rule may name it by id or by name, and keeps doing so until another is chosen. */
export const ChoiceSelect = ({ choices, value, onChange, ...aria }: ChoiceSelectProps) => {
  const { t } = useTranslation('policy')
  const chosen = choiceFor(choices, value)
  const isBlank = value === '' || value === undefined || value === null
  const groups = [...new Set(choices.map(({ group }) => group))]
  const options = (group: string | undefined) =>
    choices
      .filter((choice) => choice.group === group)
      .map((choice) => (
        <option key={choice.value} value={String(choice.value)}>
          {choice.label}
        </option>
      ))
  return (
    <select
      {...aria}
      className="value"
      value={chosen ? String(chosen.value) : isBlank ? '' : '?'}
      onChange={(event) => {
        const next = choices.find((choice) => String(choice.value) === event.target.value)
        if (next) onChange(next.value)
      }}
    >
      {isBlank && <option value="">{t('condition.choose')}</option>}
      {!isBlank && !chosen && <option value="?">{String(value)}</option>}
      {groups.map((group) =>
        group === undefined ? (
          options(group)
        ) : (
          <optgroup key={group} label={group}>
            {options(group)}
          </optgroup>
        ),
      )}
    </select>
  )
}
