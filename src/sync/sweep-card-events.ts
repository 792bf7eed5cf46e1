import type { AmoCardEventSource } from '../amocrm/amo-api.ts'
import type { EntityRecord } from '../amocrm/entities.ts'
import type { Seconds } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { AccountContext } from './account-context.ts'
import { lookAtCard, readDeals } from './look.ts'

const SOURCES: readonly AmoCardEventSource[] = ['bin', 'links', 'merges']

/** Of one source: where amoCRM's filters are off, the list holds much else between two such events. */
const MAX_PAGES = 100

/**
 * Reads again whatever amoCRM has on record as deleted, restored, linked otherwise or merged since: a deleted contact is
 * in no list of cards, and amoCRM does not promise that a link or a merge moves the `updated_at` of both sides. Answers
 * the clients who are to be decided again; null when the signal came first.
 */
export async function sweepCardEvents(
  context: AccountContext,
  since: Seconds,
  signal: AbortSignal,
): Promise<ClientRef[] | null> {
  const deals = new Set<number>()
  const cards = { contact: new Set<number>(), company: new Set<number>() }
  for (const source of SOURCES) {
    for await (const { entityType, entityId } of eventsSince(context, source, since, signal)) {
      if (entityType === 'leads') deals.add(entityId)
      else cards[entityType === 'contacts' ? 'contact' : 'company'].add(entityId)
    }
    if (signal.aborted) return null
  }
  const refs = (['contact', 'company'] as const).flatMap((kind) => [...cards[kind]].map((id) => ({ kind, id })))
  // The cards first: one that is gone gives its deals away, and the calls of all go out together.
  const changed = await Promise.all(refs.map((ref) => lookAtCard(context, ref, 'backfill')))
  return [...changed.flat(), ...(deals.size > 0 ? await readDeals(context, [...deals], 'backfill') : [])]
}

/** The list begins with the newest. */
async function* eventsSince(
  { api }: AccountContext,
  source: AmoCardEventSource,
  since: Seconds,
  signal: AbortSignal,
): AsyncGenerator<EntityRecord> {
  for (let page = 1; page <= MAX_PAGES && !signal.aborted; page++) {
    const { items, hasNext } = await api.cardEvents(source, page)
    const fresh = items.filter(({ at }) => at >= since)
    yield* fresh
    if (!hasNext || fresh.length < items.length) return
  }
}
