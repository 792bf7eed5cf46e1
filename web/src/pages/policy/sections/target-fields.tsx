import { useTranslation } from 'react-i18next'
import { useSetting } from '../form/use-setting.ts'
import { FieldSelect } from '../inputs/field-select.tsx'
import { SwitchField } from '../inputs/switch-field.tsx'
import type { Dimension } from '../policy-types.ts'

/** Where the segments of a dimension are shown. */
export const TargetFields = ({ dimension }: { readonly dimension: Dimension }) => {
  const { t } = useTranslation('policy')
  const entity = useSetting('clientEntity').value
  return (
    <>
      <div className="switches">
        <SwitchField label={t('writing.clientTags')} setting={useSetting(`targets.${dimension}.clientTags`)} />
        <SwitchField label={t('writing.dealTags')} setting={useSetting(`targets.${dimension}.dealTags`)} />
      </div>
      <div className="form-grid">
        <FieldSelect
          label={t('writing.field')}
          hint={t('writing.fieldHint')}
          entity={entity}
          types={['select']}
          none={t('writing.noField')}
          setting={useSetting(`targets.${dimension}.field`)}
        />
      </div>
    </>
  )
}
