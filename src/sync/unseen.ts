import type { ClientDoc } from '../store/client-doc.ts'
import type { AccountContext } from './account-context.ts'
import { lookAtCard, readDeals } from './look.ts'

/** Whether a backfill that began then (ms) met all of the client in its pages. */
export function isUnseen(doc: ClientDoc, startedAt: number): boolean {
  return !doc.card || doc.card.readAt < startedAt || doc.deals.some((deal) => deal.readAt < startedAt)
}

/**
 * Reads by its id what the mirror holds and no page of a backfill showed: what was deleted while no hook told, and what
 * stood where two pages met when something before it was deleted. The calls of neighbours go out together.
 */
export async function lookAtUnseen(context: AccountContext, doc: ClientDoc, startedAt: number): Promise<void> {
  if (doc.card && doc.card.readAt < startedAt) await lookAtCard(context, doc.ref, 'backfill')
  const unseen = ((await context.mirror.read(context.id, doc.ref))?.deals ?? []).filter(
    (deal) => deal.readAt < startedAt,
  )
  const ids = unseen.map((deal) => deal.id)
  if (ids.length > 0) await readDeals(context, ids, 'backfill', [doc.ref])
}
