import type { ReactNode } from 'react'

/** A column of a table. */
export interface Column<Row> {
  readonly id: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Its share of the width; default 1. */
  readonly grow?: number
  /** Least width in pixels; default 110. */
  readonly width?: number
  readonly align?: 'start' | 'end'
  /** Name of the order its header asks for. */
  readonly sort?: string
}

/** The order a list is asked for in. */
export interface Sort {
  readonly by: string
  readonly descending: boolean
}
