import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import type { Setting } from '../form/use-setting.ts'
import type { FieldRef } from '../policy-types.ts'
import { Faulted } from './faulted.tsx'

interface FieldSelectProps {
  readonly label: string
  readonly hint?: string
  /** Whose fields, and of which types. */
  readonly entity: 'lead' | 'contact' | 'company'
  readonly types: readonly string[] | null
  /** Words for "none"; absent: one has to be chosen. */
  readonly none?: string
  readonly setting: Setting<FieldRef | null>
}

/** A custom field of the account, by its name. A field named by its code stays named so until another one is chosen. */
export const FieldSelect = ({ label, hint, entity, types, none, setting: { path, value, set } }: FieldSelectProps) => {
  const { t } = useTranslation('policy')
  const { structure } = useAccount()
  const fields = structure.fields.filter((field) => field.entity === entity && (types?.includes(field.type) ?? true))
  const chosen = fields.find(({ id, code }) =>
    typeof value === 'number' ? id === value : code !== null && code.toLowerCase() === value?.toLowerCase(),
  )
  const text = chosen ? String(chosen.id) : value === null ? '' : `?${value}`
  const isUnknown = chosen === undefined && value !== null && value !== ''
  const choose = (next: string) => {
    if (next === '') set(null)
    else if (!next.startsWith('?')) set(Number(next))
  }
  return (
    <Faulted path={path} label={label} hint={fields.length === 0 ? t('input.noSuchField') : hint}>
      {(aria) => (
        <select {...aria} value={text} onChange={(event) => choose(event.target.value)}>
          {(none !== undefined || value === null) && <option value="">{none ?? t('input.choose')}</option>}
          {isUnknown && <option value={text}>{t('input.unknownField', { field: value })}</option>}
          {fields.map((field) => (
            <option key={field.id} value={field.id}>
              {field.name}
            </option>
          ))}
        </select>
      )}
    </Faulted>
  )
}
