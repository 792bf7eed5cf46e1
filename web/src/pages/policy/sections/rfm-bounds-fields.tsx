import { useTranslation } from 'react-i18next'
import { FaultList } from '../inputs/fault-list.tsx'
import { NumberInput } from '../inputs/number-input.tsx'
import { useCurrencySign } from '../inputs/use-currency-sign.ts'
import type { Policy } from '../policy-types.ts'

type Bounds = NonNullable<Policy['value']['rfm']>

interface RfmBoundsFieldsProps {
  readonly bounds: Bounds
  readonly onChange: (bounds: Bounds) => void
}

const SCORES = {
  recencyDays: ['5', '4', '3', '2'],
  frequency: ['2', '3', '4', '5'],
  monetary: ['2', '3', '4', '5'],
} as const

/** The four bounds of each score. */
export const RfmBoundsFields = ({ bounds, onChange }: RfmBoundsFieldsProps) => {
  const { t } = useTranslation('policy')
  const currency = useCurrencySign()
  const units = { recencyDays: t('unit.days'), frequency: t('unit.purchases'), monetary: currency }
  return (
    <>
      {(['recencyDays', 'frequency', 'monetary'] as const).map((name) => (
        <fieldset key={name} className="bounds">
          <legend>{t(`rfm.${name}`)}</legend>
          <p className="field-hint">{t(`rfm.${name}Hint`)}</p>
          <div className="bounds-row">
            {SCORES[name].map((score, index) => (
              <div key={score} className="bound">
                <span className="muted">{t(`rfm.${name === 'recencyDays' ? 'under' : 'from'}`, { score })}</span>
                <NumberInput
                  aria-label={t(`rfm.${name === 'recencyDays' ? 'under' : 'from'}`, { score })}
                  value={bounds[name][index] ?? Number.NaN}
                  unit={units[name]}
                  onChange={(value) => onChange({ ...bounds, [name]: bounds[name].with(index, value) })}
                />
              </div>
            ))}
          </div>
          <FaultList path={`value.rfm.${name}`} within />
        </fieldset>
      ))}
    </>
  )
}
