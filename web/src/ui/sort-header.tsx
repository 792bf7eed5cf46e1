import type { Column, Sort } from './column.ts'

interface SortHeaderProps<Row> {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}

/** The head of a column; where it orders the list, a button that turns the order over. */
export const SortHeader = <Row,>({ column, sort, onSort }: SortHeaderProps<Row>) => {
  const { header, align = 'start', sort: by } = column
  const isHere = by !== undefined && sort?.by === by
  const direction = sort?.descending ? 'descending' : 'ascending'
  return (
    <th scope="col" className={`align-${align}`} {...(isHere ? { 'aria-sort': direction } : {})}>
      {by === undefined || onSort === undefined ? (
        header
      ) : (
        <button
          type="button"
          className="sort"
          onClick={() => onSort({ by, descending: isHere ? !sort?.descending : true })}
        >
          {header}
          <span aria-hidden="true">{isHere ? (sort?.descending ? '↓' : '↑') : '↕'}</span>
        </button>
      )}
    </th>
  )
}
