import type { ClientDoc } from '../store/client-doc.ts'
import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { lookAtCard, readDeals } from './look.ts'

/** As many as one request reads by their ids. */
const HANDFUL = 250

/** Clients that a backfill that began then (ms) did not meet in its pages, wherever they stand; full handfuls and a last. */
export async function* unseenClients(context: AccountContext, startedAt: number): AsyncGenerator<ClientDoc[]> {
  let unseen: ClientDoc[] = []
  for await (const docs of everyClient(context.mirror, context.id)) {
    unseen = [...unseen, ...docs.filter((doc) => isUnseen(doc, startedAt))]
    if (unseen.length >= HANDFUL) yield unseen.splice(0, HANDFUL)
  }
  if (unseen.length > 0) yield unseen
}

/** Whether a part of the client was in no page. */
function isUnseen(doc: ClientDoc, startedAt: number): boolean {
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
