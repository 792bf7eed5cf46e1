import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { lifecycleOption } from './lifecycle-option.ts'
import { type CountedSegment, SegmentTable } from './segment-table.tsx'

/** What the base is made of. */
export const LifecycleCard = ({ segments }: { readonly segments: readonly CountedSegment[] }) => {
  const { t } = useTranslation('overview')
  const { accountId, lang } = useApi()
  const format = useFormat()
  const [, navigate] = useLocation()
  const total = segments.reduce((sum, { clients }) => sum + clients, 0)
  const option = useMemo(() => lifecycleOption(segments, lang, format), [segments, lang, format])
  return (
    <Card title={t('lifecycle.title')} hint={t('lifecycle.hint', { clients: format.number(total) })}>
      {total === 0 ? (
        <EmptyState title={t('lifecycle.empty')} text={t('lifecycle.emptyText')} />
      ) : (
        <div className="chart-and-table">
          <div className="ring">
            <Chart
              option={option}
              label={t('lifecycle.chart')}
              height={230}
              onClick={({ dataIndex }) => {
                const chosen = segments[dataIndex]
                if (chosen) navigate(`/accounts/${accountId}/clients?dimension=lifecycle&segment=${chosen.segment}`)
              }}
            />
            <p className="ring-middle" aria-hidden="true">
              <strong>{format.number(total)}</strong>
              <span>{t('lifecycle.total')}</span>
            </p>
          </div>
          <SegmentTable label={t('lifecycle.title')} segments={segments} />
        </div>
      )}
    </Card>
  )
}
