import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, useEffect, useRef } from 'react'
import type { Column, Sort } from './column.ts'
import { SortHeader } from './sort-header.tsx'

const FEATURES = tableFeatures({})

interface DataTableProps<Row> {
  /** What it lists, for screen readers. */
  readonly label: string
  /** Keep it stable: `useMemo`. */
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  /** Called when the last rows come into sight, to bring more. */
  readonly onEnd?: () => void
  /** Of all rows there are, where not all are here yet. */
  readonly total?: number
  /** Pixels; a longer list scrolls inside. Default: as long as it is. */
  readonly height?: number
}

const ROW_HEIGHT = 44
const SOON = 15

/** A table that draws only the rows in sight, however many there are. */
export const DataTable = <Row extends RowData>(props: DataTableProps<Row>) => {
  const { label, columns, rows, rowKey, sort, onSort, onEnd, total = rows.length, height } = props
  const table = useTable({
    features: FEATURES,
    data: rows,
    getRowId: rowKey,
    columns: columns.map(
      (column): ColumnDef<typeof FEATURES, Row> => ({
        id: column.id,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
      }),
    ),
  })
  const scroller = useRef<HTMLDivElement>(null)
  const { rows: all } = table.getRowModel()
  const virtual = useVirtualizer({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    enabled: height !== undefined,
  })
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (height !== undefined && last >= all.length - SOON && all.length < total) onEnd?.()
  }, [height, last, all.length, total, onEnd])

  const seen =
    height === undefined
      ? all.map((row, index) => ({ row, index }))
      : items.flatMap(({ index }) => {
          const row = all[index]
          return row ? [{ row, index }] : []
        })
  const before = height === undefined ? 0 : (items[0]?.start ?? 0)
  const after = height === undefined ? 0 : virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const template = columns.map(({ width = 110, grow = 1 }) => `minmax(${width}px, ${grow}fr)`).join(' ')
  const least = columns.reduce((sum, { width = 110 }) => sum + width, 0)
  const style: CSSProperties & Record<`--${string}`, string> = { '--columns': template, minWidth: least }
  return (
    <div ref={scroller} className="table-scroll" style={height === undefined ? {} : { maxHeight: height }}>
      <table className="table" aria-label={label} aria-rowcount={total + 1} style={style}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHeader key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody style={{ paddingBlock: `${before}px ${after}px` }}>
          {seen.map(({ row, index }) => (
            <tr key={row.id} aria-rowindex={index + 2}>
              {row.getAllCells().map((cell, place) => (
                <td
                  key={cell.id}
                  data-label={columns[place]?.header}
                  className={`align-${columns[place]?.align ?? 'start'}`}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
