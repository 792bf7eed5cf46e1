import type { AmoCommunicationSource } from '../amocrm/amo-api.ts'
import type { Seconds } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { AccountContext } from './account-context.ts'
import { firstCommunications } from './first-communications.ts'
import { noteIncoming } from './look.ts'

const SOURCES: readonly AmoCommunicationSource[] = ['events', 'lead_notes', 'contact_notes']

/** Of one source: where amoCRM's filters are off, the list holds much else between two messages. */
const MAX_PAGES = 20

/**
 * Reads what clients wrote or called since: a message changes no card, so nothing else tells of it when its hook was
 * lost. The lists begin with the newest. Answers the clients who are to be decided again; null when the signal came first.
 */
export async function sweepCommunications(
  context: AccountContext,
  since: Seconds,
  signal: AbortSignal,
): Promise<ClientRef[] | null> {
  const news: ClientRef[] = []
  for (const source of SOURCES) {
    for (let page = 1; page <= MAX_PAGES; page++) {
      if (signal.aborted) return null
      const { items, hasNext } = await context.api.communications(source, page)
      const fresh = items.filter(({ at }) => at >= since)
      for (const { ref, at } of await firstCommunications(context, fresh)) {
        news.push(...(await noteIncoming(context, ref, at, { priority: 'backfill', mark: true })))
      }
      if (!hasNext || fresh.length < items.length) break
    }
  }
  return news
}
