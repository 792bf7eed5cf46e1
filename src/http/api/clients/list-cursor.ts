import { z } from 'zod'
import type { ApiProblem } from '../api-problem.ts'

/** Where the next page of a kept list begins. */
export interface ListCursor {
  readonly name: string
  readonly from: number
  readonly descending: boolean
}

const CURSOR = /^([\w-]{12})\.(\d{1,9})\.([ad])$/

export const cursorInput = z
  .string()
  .regex(CURSOR, { error: 'must be a cursor of this list' })
  .describe('`next` of the page before; the list stays as it was when its first page was asked for.')

export const limitInput = z
  .string()
  .regex(/^([1-9]\d?|100)$/, { error: 'must be a number from 1 to 100' })
  .transform(Number)
  .optional()

export const readCursor = (text: string): ListCursor => {
  const [, name = '', from = '0', order] = CURSOR.exec(text) ?? []
  return { name, from: Number(from), descending: order === 'd' }
}

/** Null: this page was the last. */
export const nextCursor = ({ name, from, descending }: ListCursor, count: number, total: number): string | null =>
  from + count >= total ? null : `${name}.${from + count}.${descending ? 'd' : 'a'}`

export const LIST_OVER: ApiProblem = {
  status: 410,
  code: 'list_over',
  title: 'List forgotten',
  detail: 'This list was not turned over for ten minutes and is forgotten; ask for its first page again.',
}
