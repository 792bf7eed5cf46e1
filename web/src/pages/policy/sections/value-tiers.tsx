import { useFieldArray } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import type { PolicyForm } from '../form/policy-form.ts'
import { useSetting } from '../form/use-setting.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { NumberField } from '../inputs/number-field.tsx'
import { TextField } from '../inputs/text-field.tsx'
import { useCurrencySign } from '../inputs/use-currency-sign.ts'

/** Tiers of the sum of purchases, as many as are wanted. */
export const ValueTiers = () => {
  const { t } = useTranslation('policy')
  const { fields, append, remove } = useFieldArray<PolicyForm, 'value.tiers', 'key'>({
    name: 'value.tiers',
    keyName: 'key',
  })
  return (
    <>
      {fields.length > 0 && (
        <ol className="rows">
          {fields.map((field, index) => (
            <li key={field.key} className="row-card tier">
              <Tier index={index} />
              <Button kind="link" onClick={() => remove(index)}>
                {t('input.remove')}
                <span className="sr-only"> {field.label}</span>
              </Button>
            </li>
          ))}
        </ol>
      )}
      <FaultList path="value.tiers" />
      <div>
        <Button onClick={() => append({ label: '', from: Number.NaN })}>{t('value.addTier')}</Button>
      </div>
    </>
  )
}

const Tier = ({ index }: { readonly index: number }) => {
  const { t } = useTranslation('policy')
  const currency = useCurrencySign()
  return (
    <>
      <TextField label={t('value.tierName')} setting={useSetting(`value.tiers.${index}.label`)} />
      <NumberField
        label={t('value.tierFrom')}
        unit={currency}
        min={0}
        setting={useSetting(`value.tiers.${index}.from`)}
      />
    </>
  )
}
