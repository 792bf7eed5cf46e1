import type { Priority } from './amo-api.ts'
import type { AmoCaller, AmoRequest } from './amo-caller.ts'
import { embedded, hasNextPage, type Json } from './hal.ts'

/** amoCRM's largest page ("limits"). */
export const PAGE_LIMIT = 250
/** No list of settings is as long; guards against an API that never ends. */
const MAX_PAGES = 40

/** All items of a list that is short enough to be read whole. `name` is its key under `_embedded`. */
export async function listAll(
  caller: AmoCaller,
  request: Pick<AmoRequest, 'path' | 'query' | 'accept' | 'optional'> & { readonly route?: string },
  name: string,
  priority: Priority = 'live',
): Promise<Json[]> {
  const items: Json[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const query = [request.query, `page=${page}`, `limit=${PAGE_LIMIT}`].filter(Boolean).join('&')
    const { json, status } = await caller.call({ method: 'GET', route: request.path, ...request, query }, priority)
    if (status >= 300) break
    items.push(...embedded(json, name))
    if (!hasNextPage(json)) break
  }
  return items
}
