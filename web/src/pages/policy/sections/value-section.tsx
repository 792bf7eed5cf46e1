import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { Faulted } from '../inputs/faulted.tsx'
import { NumberInput } from '../inputs/number-input.tsx'
import { Switch } from '../inputs/switch.tsx'
import { RfmBoundsFields } from './rfm-bounds-fields.tsx'
import { RfmSuggestion } from './rfm-suggestion.tsx'
import { ValueTiers } from './value-tiers.tsx'

const YEAR = 365
const USUAL_RFM = {
  recencyDays: [30, 90, 180, 365],
  frequency: [2, 4, 8, 16],
  monetary: [10_000, 50_000, 200_000, 1_000_000],
}

/** Tiers of the sum of purchases, and RFM scores. */
export const ValueSection = () => {
  const { t } = useTranslation('policy')
  const window = useSetting('value.windowDays')
  const rfm = useSetting('value.rfm')
  return (
    <>
      <Card title={t('value.tiers')} hint={t('value.tiersText')}>
        <ValueTiers />
        <Switch isOn={window.value !== null} onChange={(isOn) => window.set(isOn ? YEAR : null)}>
          {t('value.limited')}
        </Switch>
        {window.value !== null && (
          <div className="form-grid">
            <Faulted path="value.windowDays" label={t('value.window')}>
              {(aria) => (
                <NumberInput
                  {...aria}
                  value={window.value ?? Number.NaN}
                  onChange={window.set}
                  unit={t('unit.days')}
                  step={1}
                />
              )}
            </Faulted>
          </div>
        )}
      </Card>
      <Card title={t('value.rfm')} hint={t('value.rfmText')}>
        <Switch isOn={rfm.value !== null} onChange={(isOn) => rfm.set(isOn ? USUAL_RFM : null)}>
          {t('value.rfmOn')}
        </Switch>
        {rfm.value !== null && (
          <>
            <RfmBoundsFields bounds={rfm.value} onChange={rfm.set} />
            <RfmSuggestion onTake={rfm.set} />
          </>
        )}
      </Card>
    </>
  )
}
