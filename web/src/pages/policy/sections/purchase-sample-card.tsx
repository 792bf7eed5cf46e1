import { useTranslation } from 'react-i18next'
import { ApiError } from '../../../api/api-error.ts'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Loaded } from '../../../ui/loaded.tsx'
import { Skeleton } from '../../../ui/skeleton.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { PurchaseSample } from '../policy-types.ts'
import { SampledDeals } from './sampled-deals.tsx'
import { usePurchaseSample } from './use-purchase-sample.ts'

/** The newest deals that count as purchases and that do not, under the definition that is being edited. */
export const PurchaseSampleCard = () => {
  const { t } = useTranslation('policy')
  const sample = usePurchaseSample()
  const isFaulty = sample.error instanceof ApiError && sample.error.status === 422
  return (
    <Card title={t('sample.title')} hint={t('sample.text')}>
      {isFaulty ? (
        <EmptyState title={t('sample.faulty')} />
      ) : (
        <Loaded query={sample} skeleton={<Skeleton lines={6} />}>
          {(data) => (
            <div aria-busy={sample.isFetching} className={sample.isFetching ? 'is-old' : ''}>
              <Sample sample={data} />
            </div>
          )}
        </Loaded>
      )}
    </Card>
  )
}

const Sample = ({ sample: { counted, ignored, needsReading } }: { readonly sample: PurchaseSample }) => {
  const { t } = useTranslation('policy')
  const format = useFormat()
  const reasons = Object.entries(ignored.byReason).sort(([, one], [, other]) => other - one)
  return (
    <div className="sample">
      {needsReading && <p className="note note-warn">{t('sample.needsReading')}</p>}
      <SampledDeals
        title={t('sample.counted')}
        summary={t('sample.countedSum', {
          count: counted.deals,
          deals: format.number(counted.deals),
          sum: format.money(counted.sum),
        })}
        empty={t('sample.noneCounted')}
        deals={counted.newest.map((deal) => ({ ...deal, why: t(`sample.datedBy.${deal.datedBy}`) }))}
      />
      <SampledDeals
        title={t('sample.ignored')}
        summary={reasons.map(([why, count]) => `${t(`sample.why.${why}`)}: ${format.number(count)}`).join(' · ')}
        empty={t('sample.noneIgnored')}
        deals={ignored.newest.map((deal) => ({ ...deal, why: t(`sample.why.${deal.why}`) }))}
      />
    </div>
  )
}
