import type { AmoApi, AmoCommunicationSource } from './amo-api.ts'
import type { AmoCaller } from './amo-caller.ts'
import type { Communication } from './entities.ts'
import { entityRecord, NOT_AVAILABLE } from './entity-record.ts'
import { asText, embedded, hasNextPage, type Json } from './hal.ts'

interface Source {
  readonly path: string
  /** Encoded; the page is added. Newest first: events are by nature, notes by order. */
  readonly query: string
  readonly list: string
  /** Filters may be off in an account, so each item is looked at. */
  readonly read: (item: Json) => Communication | null
}

const INCOMING = ['incoming_chat_message', 'incoming_call']
const CALL_IN = 'call_in'

/** Events come by at most 100 a page, notes by 250 (amoCRM, "events", "notes"). */
const SOURCES: Readonly<Record<AmoCommunicationSource, Source>> = {
  events: {
    path: '/api/v4/events',
    query: ['limit=100', ...INCOMING.map((type) => `filter%5Btype%5D%5B%5D=${type}`)].join('&'),
    list: 'events',
    read: (item) => (INCOMING.includes(asText(item.type)) ? entityRecord(asText(item.entity_type), item) : null),
  },
  lead_notes: notesOf('leads'),
  contact_notes: notesOf('contacts'),
}

/** Incoming messages and calls that amoCRM has on record; without them the answer is merely less complete. */
export function communicationCalls(caller: AmoCaller): Pick<AmoApi, 'communications'> {
  return {
    async communications(name, page) {
      const { path, query, list, read } = SOURCES[name]
      const request = { path, route: path, query: `page=${page}&${query}`, accept: NOT_AVAILABLE, optional: true }
      const { json, status } = await caller.call({ method: 'GET', ...request }, 'backfill')
      if (status >= 300) return { items: [], hasNext: false }
      const items = embedded(json, list)
        .map(read)
        .filter((item) => item !== null)
      return { items: items.sort((a, b) => b.at - a.at), hasNext: hasNextPage(json) }
    },
  }
}

function notesOf(entityType: 'leads' | 'contacts'): Source {
  return {
    path: `/api/v4/${entityType}/notes`,
    query: `limit=250&filter%5Bnote_type%5D%5B%5D=${CALL_IN}&order%5Bid%5D=desc`,
    list: 'notes',
    read: (item) => (asText(item.note_type) === CALL_IN ? entityRecord(entityType, item) : null),
  }
}
