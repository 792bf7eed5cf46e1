import { useTranslation } from 'react-i18next'
import { Page } from '../../ui/page.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FunnelCard } from './funnel-card.tsx'
import { MatrixCard } from './matrix-card.tsx'
import './movement.css'
import { RevenueCard } from './revenue-card.tsx'
import { SourcesCard } from './sources-card.tsx'
import { useMovementFilter } from './use-movement-filter.ts'

/** Where clients go between segments, what they bring, where deals get stuck, and where they come from. */
export const MovementPage = () => {
  const { t } = useTranslation('movement')
  const filter = useMovementFilter()
  return (
    <Page title={t('title')} text={t('text')}>
      <FilterBar filter={filter} />
      <MatrixCard filter={filter} />
      <RevenueCard filter={filter} />
      <FunnelCard filter={filter} />
      <SourcesCard filter={filter} />
    </Page>
  )
}
