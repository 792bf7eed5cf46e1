import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useSetting } from '../form/use-setting.ts'
import { FaultList } from '../inputs/fault-list.tsx'
import { FieldSelect } from '../inputs/field-select.tsx'
import { NumberField } from '../inputs/number-field.tsx'
import { usePipelineNames, WON } from '../inputs/pipeline-names.ts'
import { RadioCards } from '../inputs/radio-cards.tsx'
import { SwitchField } from '../inputs/switch-field.tsx'
import { useCurrencySign } from '../inputs/use-currency-sign.ts'
import { PurchasePipelines } from './purchase-pipelines.tsx'
import { PurchaseSampleCard } from './purchase-sample-card.tsx'

const DATE_TYPES = ['date', 'date_time', 'birthday']

/** What counts as a purchase, and which deals of the base do. */
export const PurchaseSection = () => {
  const { t } = useTranslation('policy')
  const currency = useCurrencySign()
  const { pipelines } = usePipelineNames()
  const { value, set } = useSetting('purchasePipelines')
  const all = pipelines.map(({ id }) => ({ pipelineId: id, statusIds: [WON] }))
  return (
    <>
      <Card title={t('section.purchases')} hint={t('purchases.text')}>
        <RadioCards
          legend={t('purchases.which')}
          value={value.length === 0 ? 'won' : 'chosen'}
          onChange={(mode) => set(mode === 'won' ? [] : all)}
          options={[
            { value: 'won', title: t('purchases.won'), text: t('purchases.wonText') },
            { value: 'chosen', title: t('purchases.chosen'), text: t('purchases.chosenText') },
          ]}
        />
        {value.length > 0 && <PurchasePipelines value={value} onChange={set} />}
        <FaultList path="purchasePipelines" within />
        <div className="form-grid">
          <NumberField
            label={t('purchases.minPrice')}
            hint={t('purchases.minPriceHint')}
            unit={currency}
            min={0}
            setting={useSetting('minPrice')}
          />
          <FieldSelect
            label={t('purchases.dateField')}
            hint={t('purchases.dateFieldHint')}
            entity="lead"
            types={DATE_TYPES}
            none={t('purchases.noDateField')}
            setting={useSetting('purchaseDateField')}
          />
        </div>
        <SwitchField
          label={t('purchases.mergeSameDay')}
          hint={t('purchases.mergeSameDayHint')}
          setting={useSetting('mergeSameDay')}
        />
      </Card>
      <PurchaseSampleCard />
    </>
  )
}
