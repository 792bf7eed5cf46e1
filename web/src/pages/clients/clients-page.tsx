import { useDeferredValue } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ClientFilters } from './client-filters.tsx'
import { ClientTable } from './client-table.tsx'
import { FileButton } from './file-button.tsx'
import { isFiltered, useListFilter } from './list-filter.ts'
import { useClientList } from './use-client-list.ts'
import './clients.css'

/** Every client of the account, chosen and ordered. */
export const ClientsPage = () => {
  const { t } = useTranslation('clients')
  const [filter, change] = useListFilter()
  const list = useClientList(useDeferredValue(filter))
  const pages = list.data?.pages
  const total = pages?.at(-1)?.total ?? 0
  return (
    <Page title={t('title')} actions={<FileButton filter={filter} isEmpty={total === 0} />}>
      <Card>
        <ClientFilters filter={filter} onChange={change} />
        <p className="muted list-count" role="status">
          {pages ? t('count', { count: total }) : t('counting')}
        </p>
        {list.error && !pages && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {!pages && !list.error && <Skeleton lines={10} />}
        {pages && total === 0 && (
          <EmptyState
            title={t(isFiltered(filter) ? 'none' : 'nobody')}
            text={t(isFiltered(filter) ? 'noneText' : 'nobodyText')}
          />
        )}
        {pages && total > 0 && (
          <ClientTable
            pages={pages}
            total={total}
            sort={filter.sort}
            onSort={(sort) => change({ sort })}
            isFading={list.isPlaceholderData}
            onEnd={() => void (list.hasNextPage && !list.isFetchingNextPage && list.fetchNextPage())}
          />
        )}
      </Card>
    </Page>
  )
}
