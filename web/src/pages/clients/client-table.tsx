import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sort } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import type { ClientPageOf } from './clients-types.ts'
import { useClientColumns } from './use-client-columns.tsx'
import { useTableHeight } from './use-table-height.ts'

interface ClientTableProps {
  readonly pages: readonly ClientPageOf[]
  readonly total: number
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  readonly onEnd: () => void
  /** Another list is on its way. */
  readonly isFading: boolean
}

export const ClientTable = ({ pages, total, sort, onSort, onEnd, isFading }: ClientTableProps) => {
  const { t } = useTranslation('clients')
  const columns = useClientColumns()
  const rows = useMemo(() => pages.flatMap(({ clients }) => clients), [pages])
  const height = useTableHeight()
  return (
    <div className={isFading ? 'fading' : ''} aria-busy={isFading}>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        rowKey={({ client }) => `${client.kind}${client.id}`}
        {...{ total, sort, onSort, onEnd, height }}
      />
    </div>
  )
}
