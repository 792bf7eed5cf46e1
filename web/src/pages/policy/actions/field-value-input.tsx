import { useTranslation } from 'react-i18next'
import type { AccountStructure } from '../../../api/types.ts'
import type { FieldAria } from '../../../ui/field.tsx'
import { NumberInput } from '../inputs/number-input.tsx'

type Value = string | number | boolean | null

interface FieldValueInputProps extends FieldAria {
  readonly field: AccountStructure['fields'][number] | undefined
  readonly value: Value
  readonly onChange: (value: Value) => void
}

const NUMERIC = ['numeric', 'monetary', 'price']

/** A value of a field by its type; empty clears the field. */
export const FieldValueInput = ({ field, value, onChange, ...aria }: FieldValueInputProps) => {
  const { t } = useTranslation('policy')
  if (field?.type === 'checkbox') {
    return (
      <select
        {...aria}
        value={value === null ? '' : String(value)}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value === 'true')}
      >
        <option value="">{t('action.clear')}</option>
        <option value="true">{t('input.yes')}</option>
        <option value="false">{t('input.no')}</option>
      </select>
    )
  }
  if (field !== undefined && field.enums.length > 0) {
    return (
      <select
        {...aria}
        value={value === null ? '' : String(value)}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t('action.clear')}</option>
        {field.enums.map((option) => (
          <option key={option.id} value={option.value}>
            {option.value}
          </option>
        ))}
      </select>
    )
  }
  if (field !== undefined && NUMERIC.includes(field.type)) {
    return (
      <NumberInput
        {...aria}
        value={typeof value === 'number' ? value : Number.NaN}
        onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      />
    )
  }
  return (
    <input
      {...aria}
      type="text"
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  )
}
