import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { NumberField } from '../inputs/number-field.tsx'
import { RadioCards } from '../inputs/radio-cards.tsx'
import { RhythmSettings } from './rhythm-settings.tsx'

/** When a client is new, regular, asleep. */
export const LifecycleSection = () => {
  const { t } = useTranslation('policy')
  const mode = useSetting('sleeping.mode')
  const days = t('unit.days')
  return (
    <>
      <Card title={t('lifecycle.sleeping')} hint={t('lifecycle.sleepingText')}>
        <RadioCards
          legend={t('lifecycle.mode')}
          value={mode.value}
          onChange={mode.set}
          options={[
            { value: 'fixed', title: t('lifecycle.fixed'), text: t('lifecycle.fixedText') },
            { value: 'rhythm', title: t('lifecycle.rhythm'), text: t('lifecycle.rhythmText') },
          ]}
        />
        <div className="form-grid">
          <NumberField
            label={t(mode.value === 'fixed' ? 'lifecycle.days' : 'lifecycle.daysFallback')}
            hint={t('lifecycle.daysHint')}
            unit={days}
            setting={useSetting('sleeping.days')}
          />
        </div>
        {mode.value === 'rhythm' && <RhythmSettings />}
      </Card>
      <Card title={t('lifecycle.regular')} hint={t('lifecycle.regularText')}>
        <div className="form-grid">
          <NumberField
            label={t('lifecycle.regularMin')}
            unit={t('unit.purchases')}
            setting={useSetting('regular.minPurchases')}
          />
          <NumberField label={t('lifecycle.regularWindow')} unit={days} setting={useSetting('regular.windowDays')} />
        </div>
      </Card>
      <Card title={t('lifecycle.new')} hint={t('lifecycle.newText')}>
        <div className="form-grid">
          <NumberField
            label={t('lifecycle.newFor')}
            hint={t('lifecycle.newForHint')}
            unit={days}
            min={0}
            setting={useSetting('firstPurchaseIsNewForDays')}
          />
        </div>
      </Card>
    </>
  )
}
