import { type CSSProperties, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, Sort } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Money } from '../../ui/money.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { SourceFigures } from './movement-types.ts'
import { useSourceName } from './source-name.ts'

type Measure = Exclude<keyof SourceFigures, 'source'>

const COUNTS = ['created', 'won', 'lost'] as const

/** Sources with their figures; ordered by any of them. */
export const SourcesTable = ({ sources }: { readonly sources: readonly SourceFigures[] }) => {
  const { t } = useTranslation('movement')
  const format = useFormat()
  const nameOf = useSourceName()
  const [sort, setSort] = useState<Sort>({ by: 'revenue', descending: true })
  const columns = useMemo<Column<SourceFigures>[]>(
    () => [
      { id: 'source', header: t('filter.source'), width: 130, grow: 2, cell: ({ source }) => nameOf(source) },
      ...COUNTS.map(
        (count): Column<SourceFigures> => ({
          ...{ id: count, header: t(`sources.${count}`), align: 'end', sort: count, width: 96 },
          cell: (row) => <span className="figure">{format.number(row[count])}</span>,
        }),
      ),
      {
        ...{ id: 'conversion', header: t('sources.conversion'), sort: 'conversion', width: 150, align: 'end' },
        cell: ({ conversion }) => <Conversion share={conversion} />,
      },
      {
        ...{ id: 'revenue', header: t('sources.revenue'), align: 'end', sort: 'revenue', width: 130 },
        cell: ({ revenue }) => <Money amount={revenue} />,
      },
      {
        ...{ id: 'check', header: t('sources.check'), align: 'end', width: 120 },
        cell: ({ revenue, purchases }) =>
          purchases === 0 ? <span className="muted">—</span> : <Money amount={Math.round(revenue / purchases)} />,
      },
    ],
    [t, format, nameOf],
  )
  const rows = useMemo(() => sorted(sources, sort), [sources, sort])
  return (
    <DataTable
      label={t('sources.title')}
      rowKey={({ source }) => source}
      onSort={setSort}
      {...{ columns, rows, sort }}
      {...(rows.length > 12 ? { height: 420 } : {})}
    />
  )
}

const Conversion = ({ share }: { readonly share: number | null }) => {
  const format = useFormat()
  if (share === null) return <span className="muted">—</span>
  const width: CSSProperties & Record<'--share', string> = { '--share': `${share * 100}%` }
  return (
    <span className="share">
      <span className="share-bar" style={width} aria-hidden="true" />
      <span className="figure">{format.share(share)}</span>
    </span>
  )
}

const sorted = (sources: readonly SourceFigures[], { by, descending }: Sort): readonly SourceFigures[] => {
  const sign = descending ? -1 : 1
  const measure = by as Measure
  return sources.toSorted((one, other) => sign * ((one[measure] ?? -1) - (other[measure] ?? -1)))
}
