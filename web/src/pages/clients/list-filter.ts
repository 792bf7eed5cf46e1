import { useMemo } from 'react'
import { useSearchParams } from 'wouter'
import type { Query } from '../../api/request.ts'
import type { Sort } from '../../ui/column.ts'

/** Which clients are listed and in what order; it stands in the address, so a list can be sent to somebody. */
export interface ListFilter {
  /** `dimension=segment`; empty: every client. */
  readonly segment: string
  readonly responsibleUserId: string
  readonly search: string
  readonly sleepsWithinDays: string
  readonly sort: Sort
}

const FIRST_SORT: Sort = { by: 'ltv', descending: true }

/** What the list, and the file of it, are asked with. */
export const queryOf = ({ segment, responsibleUserId, search, sleepsWithinDays, sort }: ListFilter): Query => {
  const [dimension, name] = splitSegment(segment)
  return {
    ...(dimension === '' ? {} : { dimension, segment: name }),
    responsibleUserId: responsibleUserId || null,
    search: search.trim() || null,
    sleepsWithinDays: sleepsWithinDays || null,
    sort: sort.by,
    order: sort.descending ? 'desc' : 'asc',
  }
}

/** Whether somebody may be left out. */
export const isFiltered = ({ segment, responsibleUserId, search, sleepsWithinDays }: ListFilter): boolean =>
  [segment, responsibleUserId, search, sleepsWithinDays].some(Boolean)

export const joinSegment = (dimension: string, segment: string): string => `${dimension}=${segment}`

/** The name of a tier may hold anything. */
const splitSegment = (text: string): [dimension: string, segment: string] => {
  const at = text.indexOf('=')
  return at < 0 ? ['', ''] : [text.slice(0, at), text.slice(at + 1)]
}

export const useListFilter = (): readonly [ListFilter, (change: Partial<ListFilter>) => void] => {
  const [params, setParams] = useSearchParams()
  const filter = useMemo((): ListFilter => {
    const by = params.get('sort')
    const dimension = params.get('dimension')
    return {
      segment: dimension === null ? '' : joinSegment(dimension, params.get('segment') ?? ''),
      responsibleUserId: params.get('responsibleUserId') ?? '',
      search: params.get('search') ?? '',
      sleepsWithinDays: params.get('sleepsWithinDays') ?? '',
      sort: by === null ? FIRST_SORT : { by, descending: params.get('order') === 'desc' },
    }
  }, [params])
  const change = (part: Partial<ListFilter>): void => {
    const given = Object.entries(queryOf({ ...filter, ...part })).flatMap(([name, value]) =>
      value == null ? [] : [[name, String(value)]],
    )
    setParams(new URLSearchParams(given), { replace: true })
  }
  return [filter, change]
}
