import type { Page } from '../amocrm/amo-api.ts'

/** Pages in flight, so that the rate limit and not the latency decides the speed. */
const AHEAD = 3

export interface WalkOptions<T> {
  readonly fetch: (page: number) => Promise<Page<T>>
  /** Called in order of the pages, one at a time. */
  readonly onPage: (items: readonly T[], page: number) => Promise<void>
  /** First page, 1-based. */
  readonly from: number
  readonly signal: AbortSignal
}

/**
 * Walks a list page by page with a few requests in flight. Stops at the end of the list, or between two pages when
 * the signal is aborted; answers whether it came to the end.
 */
export async function walkPages<T>({ fetch, onPage, from, signal }: WalkOptions<T>): Promise<boolean> {
  const ahead: Promise<Page<T>>[] = []
  let next = from
  let isEndKnown = false
  const request = () => {
    const page = fetch(next++)
    page.then(
      ({ hasNext }) => {
        if (!hasNext) isEndKnown = true
      },
      () => undefined,
    )
    ahead.push(page)
  }
  // Most lists end on their first page: only when it does not are more asked for ahead.
  request()
  for (let page = from; ; page++) {
    if (signal.aborted) return false
    const current = ahead.shift()
    if (!current) return true
    const { items, hasNext } = await current
    while (hasNext && !isEndKnown && ahead.length < AHEAD) request()
    if (items.length > 0) await onPage(items, page)
    if (!hasNext) return true
  }
}
