import type { ApiCall } from './api-call.ts'
import type { QueryMap } from './bracket-query.ts'

const DEFAULT_LIMIT = 50

export interface PageRequest {
  readonly page: number
  readonly limit: number
}

export interface PageOf<T> {
  readonly items: readonly T[]
  readonly hasNext: boolean
}

/** `page` from 1, `limit` 50 unless given; too large a limit is cut down, not refused (platform: limits). */
export function readPaging(query: QueryMap, maxLimit = 250): PageRequest {
  return {
    page: Math.max(1, wholeOr(query.get('page'), 1)),
    limit: Math.min(maxLimit, Math.max(1, wholeOr(query.get('limit'), Math.min(DEFAULT_LIMIT, maxLimit)))),
  }
}

function wholeOr(node: unknown, fallback: number): number {
  return typeof node === 'string' && /^\d{1,9}$/.test(node) ? Number(node) : fallback
}

export function pageOf<T>(items: readonly T[], { page, limit }: PageRequest): PageOf<T> {
  const start = (page - 1) * limit
  return { items: items.slice(start, start + limit), hasNext: items.length > start + limit }
}

/** HAL list: `_page`, links to this page and its neighbours, the items under their name. */
export function halPage(call: ApiCall, name: string, page: PageOf<unknown>, request: PageRequest): unknown {
  const link = (number: number): { href: string } => {
    const query = new URLSearchParams(call.search)
    query.set('page', String(number))
    query.set('limit', String(request.limit))
    return { href: `${call.base}${call.path}?${query}` }
  }
  return {
    _page: request.page,
    _links: {
      self: link(request.page),
      ...(page.hasNext ? { next: link(request.page + 1) } : {}),
      ...(request.page > 1 ? { first: link(1), prev: link(request.page - 1) } : {}),
    },
    _embedded: { [name]: page.items },
  }
}
