import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import type { PolicyForm } from '../form/policy-form.ts'
import { Faulted } from '../inputs/faulted.tsx'
import { FieldSelect } from '../inputs/field-select.tsx'
import type { EntryAction } from '../policy-types.ts'
import { FieldValueInput } from './field-value-input.tsx'

type FieldAction = Extract<EntryAction, { type: 'field' }>

interface FieldActionPartsProps {
  readonly path: string
  readonly action: FieldAction
  readonly onChange: (action: FieldAction) => void
}

/** A custom field that is set: which one, and to what. */
export const FieldActionParts = ({ path, action, onChange }: FieldActionPartsProps) => {
  const { t } = useTranslation('policy')
  const { fields } = useAccount().structure
  const clientEntity = useWatch<PolicyForm, 'clientEntity'>({ name: 'clientEntity' })
  const entity = action.on === 'deal' ? 'lead' : clientEntity
  const field = fields.find(
    ({ id, code, entity: of }) => of === entity && (id === action.field || (code !== null && code === action.field)),
  )
  return (
    <div className="form-grid">
      <FieldSelect
        label={t('action.field')}
        entity={entity}
        types={null}
        setting={{
          path: `${path}.field`,
          value: action.field === '' ? null : action.field,
          set: (chosen) => onChange({ ...action, field: chosen ?? '', value: '' }),
          onBlur: () => undefined,
        }}
      />
      <Faulted path={`${path}.value`} label={t('action.value')} hint={t('action.valueHint')}>
        {(aria) => (
          <FieldValueInput
            {...aria}
            field={field}
            value={action.value}
            onChange={(value) => onChange({ ...action, value })}
          />
        )}
      </Faulted>
    </div>
  )
}
