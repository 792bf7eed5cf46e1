import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Stat } from '../../ui/stat.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { AsOf } from './as-of.tsx'
import { LossList } from './loss-list.tsx'
import type { Sources } from './movement-types.ts'
import { SourcesTable } from './sources-table.tsx'
import type { MovementFilter } from './use-movement-filter.ts'

/** What came of the deals of each source, and why deals were lost. */
export const SourcesCard = ({ filter }: { readonly filter: MovementFilter }) => {
  const { t } = useTranslation('movement')
  const sources = useGet<Sources>('/sources', { ...filter.span, ...filter.deals }, { keepPrevious: true })
  return (
    <Card title={t('sources.title')} hint={t('sources.hint')}>
      <Loaded query={sources}>
        {(found) =>
          found.sources.length === 0 ? (
            <EmptyState title={t('sources.empty')} text={t('sources.emptyText')} />
          ) : (
            <SourcesFigures sources={found} />
          )
        }
      </Loaded>
    </Card>
  )
}

const SourcesFigures = ({ sources }: { readonly sources: Sources }) => {
  const { t } = useTranslation('movement')
  const format = useFormat()
  const { created, won, lost, conversion, purchases, revenue } = sources.total
  return (
    <>
      <dl className="stats">
        <Stat label={t('sources.created')} value={format.number(created)} />
        <Stat label={t('sources.won')} value={format.number(won)} tone="good" />
        <Stat label={t('sources.lost')} value={format.number(lost)} />
        <Stat
          label={t('sources.conversion')}
          value={conversion === null ? '—' : format.share(conversion)}
          hint={t('sources.conversionHint')}
        />
        <Stat
          label={t('sources.revenue')}
          value={format.shortMoney(revenue)}
          hint={t('sources.purchases', { count: purchases })}
        />
      </dl>
      <SourcesTable sources={sources.sources} />
      {sources.losses.length > 0 && <LossList losses={sources.losses} />}
      <AsOf at={sources.asOf} />
    </>
  )
}
