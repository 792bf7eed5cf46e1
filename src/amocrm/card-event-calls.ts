import type { AmoApi, AmoCardEventSource } from './amo-api.ts'
import type { AmoCaller } from './amo-caller.ts'
import { entityRecord, NOT_AVAILABLE } from './entity-record.ts'
import { asText, embedded, hasNextPage } from './hal.ts'

/**
 * What lists by `updated_at` may not tell of (amoCRM, "events"). In lists of their own: a type that an account does not
 * know has the whole list refused.
 */
const TYPES: Readonly<Record<AmoCardEventSource, readonly string[]>> = {
  bin: ['lead', 'contact', 'company'].flatMap((name) => [`${name}_deleted`, `${name}_restored`]),
  links: ['entity_linked', 'entity_unlinked'],
  merges: ['entity_merged'],
}

const PATH = '/api/v4/events'

/** Events of cards that came, went, or were linked otherwise. */
export function cardEventCalls(caller: AmoCaller): Pick<AmoApi, 'cardEvents'> {
  return {
    async cardEvents(source, page) {
      const types = TYPES[source]
      const query = [`page=${page}`, 'limit=100', ...types.map((type) => `filter%5Btype%5D%5B%5D=${type}`)].join('&')
      const request = { path: PATH, route: PATH, query, accept: NOT_AVAILABLE, optional: true }
      const { json, status } = await caller.call({ method: 'GET', ...request }, 'backfill')
      if (status >= 300) return { items: [], hasNext: false }
      const items = embedded(json, 'events')
        // Filters may be off in an account, so each item is looked at.
        .filter((item) => types.includes(asText(item.type)))
        .map((item) => entityRecord(asText(item.entity_type), item))
        .filter((item) => item !== null)
      return { items: items.sort((a, b) => b.at - a.at), hasNext: hasNextPage(json) }
    },
  }
}
