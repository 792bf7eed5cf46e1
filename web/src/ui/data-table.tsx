import { type ColumnDef, type RowData, tableFeatures, useTable } from '@tanstack/react-table'
import { type CSSProperties, useMemo, useRef } from 'react'
import type { Column, Sort } from './column.ts'
import { SortHeader } from './sort-header.tsx'
import { useScrollFocus } from './use-scroll-focus.ts'
import { useSeenRows } from './use-seen-rows.ts'

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

/** A table that draws only the rows in sight, however many there are. On a telephone each row becomes a block. */
export const DataTable = <Row extends RowData>(props: DataTableProps<Row>) => {
  const { label, columns, rows, rowKey, sort, onSort, onEnd, total = rows.length, height } = props
  const table = useTable({ features: FEATURES, data: rows, getRowId: rowKey, columns: useDefinitions(columns) })
  const { rows: all } = table.getRowModel()
  const scroller = useRef<HTMLDivElement>(null)
  useScrollFocus(scroller)
  const isVirtual = height !== undefined
  const { indexes, before, after, measure } = useSeenRows({ scroller, count: all.length, total, isVirtual, onEnd })
  return (
    <div ref={scroller} className="table-scroll" style={isVirtual ? { maxHeight: height } : {}}>
      <table className="table" aria-label={label} aria-rowcount={total + 1} style={widths(columns)}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHeader key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody style={{ paddingBlock: `${before}px ${after}px` }}>
          {indexes.map((index) => {
            const row = all[index]
            return (
              row && (
                <tr key={row.id} ref={measure} data-index={index} aria-rowindex={index + 2}>
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
              )
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

const useDefinitions = <Row extends RowData>(columns: readonly Column<Row>[]) =>
  useMemo(
    () =>
      columns.map(
        ({ id, header, cell }): ColumnDef<typeof FEATURES, Row> => ({
          id,
          header,
          cell: ({ row }) => cell(row.original),
        }),
      ),
    [columns],
  )

const LEAST_WIDTH = 110

const widths = <Row,>(columns: readonly Column<Row>[]): CSSProperties & Record<`--${string}`, string> => ({
  '--columns': columns.map(({ width = LEAST_WIDTH, grow = 1 }) => `minmax(${width}px, ${grow}fr)`).join(' '),
  '--least': `${columns.reduce((sum, { width = LEAST_WIDTH }) => sum + width, 0)}px`,
})
