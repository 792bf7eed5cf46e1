import { useTranslation } from 'react-i18next'
import { useSetting } from '../form/use-setting.ts'
import { NumberField } from '../inputs/number-field.tsx'

/** The threshold of sleep by each client's own rhythm of buying. */
export const RhythmSettings = () => {
  const { t } = useTranslation('policy')
  const days = t('unit.days')
  return (
    <div className="form-grid">
      <NumberField
        label={t('rhythm.factor')}
        hint={t('rhythm.factorHint')}
        unit="×"
        step={0.1}
        setting={useSetting('rhythm.factor')}
      />
      <NumberField
        label={t('rhythm.minPurchases')}
        hint={t('rhythm.minPurchasesHint')}
        unit={t('unit.purchases')}
        setting={useSetting('rhythm.minPurchases')}
      />
      <NumberField label={t('rhythm.minDays')} unit={days} setting={useSetting('rhythm.minDays')} />
      <NumberField label={t('rhythm.maxDays')} unit={days} setting={useSetting('rhythm.maxDays')} />
      <NumberField
        label={t('rhythm.quantile')}
        hint={t('rhythm.quantileHint')}
        step={0.05}
        setting={useSetting('rhythm.quantile')}
      />
    </div>
  )
}
