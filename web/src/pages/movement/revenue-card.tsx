import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useSegmentName } from '../../ui/segment-names.ts'
import { useFormat } from '../../ui/use-format.ts'
import { AsOf } from './as-of.tsx'
import type { Revenue } from './movement-types.ts'
import { stepFor } from './period.ts'
import { revenueOption } from './revenue-option.ts'
import { RevenueTable } from './revenue-table.tsx'
import { Switch } from './switch.tsx'
import type { MovementFilter } from './use-movement-filter.ts'

const OF = ['buyer', 'now'] as const
const SEGMENTS = ['new', 'one_time', 'periodic', 'regular', 'sleeping'] as const

/** What the segments bring, over time. */
export const RevenueCard = ({ filter }: { readonly filter: MovementFilter }) => {
  const { t } = useTranslation('movement')
  const [of, setOf] = useState<(typeof OF)[number]>('buyer')
  const query = { of, step: stepFor(filter.period), ...filter.span, ...filter.deals }
  const revenue = useGet<Revenue>('/revenue', query, { keepPrevious: true })
  return (
    <Card
      title={t('revenue.title')}
      hint={t(`revenue.hint.${of}`)}
      actions={
        <Switch
          label={t('revenue.of')}
          value={of}
          onValue={setOf}
          options={OF.map((value) => ({ value, name: t(`revenue.by.${value}`) }))}
        />
      }
    >
      <Loaded query={revenue}>
        {(found) =>
          found.steps.every(({ segments }) => Object.keys(segments).length === 0) ? (
            <EmptyState title={t('revenue.empty')} text={t('revenue.emptyText')} />
          ) : (
            <RevenueFigures revenue={found} />
          )
        }
      </Loaded>
    </Card>
  )
}

const RevenueFigures = ({ revenue }: { readonly revenue: Revenue }) => {
  const { t, i18n } = useTranslation('movement')
  const format = useFormat()
  const nameOf = useSegmentName()
  const names = SEGMENTS.map((segment) => nameOf('lifecycle', segment)).join('\n')
  const segments = useMemo(() => {
    const shown = names.split('\n')
    return SEGMENTS.map((segment, index) => ({ segment, name: shown[index] ?? segment }))
  }, [names])
  const option = useMemo(
    () => revenueOption({ revenue, segments, format, language: i18n.language }),
    [revenue, segments, format, i18n.language],
  )
  const total = revenue.steps.reduce(
    (sum, step) => sum + Object.values(step.segments).reduce((part, { amount }) => part + amount, 0),
    0,
  )
  return (
    <>
      <p className="movement-sum">
        {t('revenue.total')} <strong>{format.money(total)}</strong>
      </p>
      <Chart part="legend" option={option} height={320} label={t('revenue.title')} />
      <details>
        <summary>{t('asTable')}</summary>
        <RevenueTable {...{ revenue, segments }} />
      </details>
      <AsOf at={revenue.asOf} />
    </>
  )
}
