import type { Lead } from '../amocrm/entities.ts'
import { clientOf } from '../segmentation/owner.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { type ClientDoc, emptyClient, type MirroredDeal } from '../store/client-doc.ts'
import { clientKey, parseClientKey } from '../store/client-key.ts'
import type { DealOwner } from '../store/mirror.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { gapChange } from './gap-figures.ts'
import { sameFacts } from './same-facts.ts'

export interface FoldOptions {
  /** Whether a changed client is marked due at once. The backfill does not: it decides every client anyway. */
  readonly mark: boolean
  /** Clients whose documents may hold these deals although the index names another owner. */
  readonly holders?: readonly ClientRef[]
}

/**
 * Puts readings of deals into the mirror: under the client each belongs to now, away from the one it belonged to.
 * A reading never replaces a younger one. Answers the clients whose facts changed.
 */
export async function foldDeals(
  context: AccountContext,
  leads: readonly Lead[],
  options: FoldOptions,
): Promise<ClientRef[]> {
  const owners = await context.mirror.owners(
    context.id,
    leads.map((lead) => lead.id),
  )
  const wanted = leads.filter((lead) => !isOlderThanIndex(lead, owners.get(lead.id)))
  const placed = wanted.map((lead) => ({ lead, next: clientOf(lead, context.policy.clientEntity) }))

  const taken = await takeFromOthers(context, placed, owners, options)
  const outdated = new Set([...taken.deals.values()].filter((deal) => isYounger(deal, wanted)).map((deal) => deal.id))
  const changed = new Map(taken.clients.map((ref) => [clientKey(ref), ref]))

  await Promise.all(
    placed
      .filter(({ lead, next }) => next === null && !outdated.has(lead.id))
      .map(({ lead }) => context.mirror.orphanDeal(context.id, lead.id, lead.readAt)),
  )
  const groups = new Map<string, Lead[]>()
  for (const { lead, next } of placed) {
    if (next === null || outdated.has(lead.id)) continue
    const key = clientKey(next)
    groups.set(key, [...(groups.get(key) ?? []), lead])
  }
  await Promise.all(
    [...groups].map(async ([key, own]) => {
      const ref = parseClientKey(key)
      if (ref && (await putDeals(context, ref, own, taken.deals, options.mark))) changed.set(key, ref)
    }),
  )
  return [...changed.values()]
}

/** Takes deals that are gone from amoCRM out of the mirror; `readAt` (ms) is when their absence was read. */
export async function dropDeals(
  context: AccountContext,
  dealIds: readonly number[],
  readAt: number,
  holders: readonly ClientRef[] = [],
): Promise<ClientRef[]> {
  const owners = await context.mirror.owners(context.id, dealIds)
  const refs = new Map(holders.map((ref) => [clientKey(ref), ref]))
  for (const owner of owners.values()) if (owner.type === 'client') refs.set(clientKey(owner.ref), owner.ref)
  const gone = new Set(dealIds)
  const changed: ClientRef[] = []
  await Promise.all(
    [...refs.values()].map(async (ref) => {
      const { before, after } = await context.mirror.update(
        context.id,
        ref,
        (doc) => removeDeals(doc, (deal) => gone.has(deal.id) && deal.readAt <= readAt, nowSeconds(context)),
        (before, after) => gapChange(context, before, after),
      )
      if (before !== after) changed.push(ref)
    }),
  )
  await Promise.all(dealIds.map((id) => context.mirror.buryDeal(context.id, id, readAt)))
  return changed
}

function isOlderThanIndex(lead: Lead, owner: DealOwner | undefined): boolean {
  return owner !== undefined && (owner.type === 'deleted' || owner.type === 'orphan') && owner.readAt > lead.readAt
}

function isYounger(deal: MirroredDeal, leads: readonly Lead[]): boolean {
  return leads.some((lead) => lead.id === deal.id && deal.readAt > lead.readAt)
}

interface Placed {
  readonly lead: Lead
  readonly next: ClientRef | null
}

/**
 * Removes each deal from every client that holds it and is not its owner any more. Before it is given to the new
 * owner: a crash between the two leaves a deal without owner, which the repeated look puts right.
 */
async function takeFromOthers(
  context: AccountContext,
  placed: readonly Placed[],
  owners: ReadonlyMap<number, DealOwner>,
  options: FoldOptions,
): Promise<{ clients: ClientRef[]; deals: Map<number, MirroredDeal> }> {
  const losing = new Map<string, Map<number, Lead>>()
  for (const { lead, next } of placed) {
    const owner = owners.get(lead.id)
    const holders = [...(owner?.type === 'client' ? [owner.ref] : []), ...(options.holders ?? [])]
    for (const holder of holders) {
      const key = clientKey(holder)
      if (next !== null && key === clientKey(next)) continue
      losing.set(key, (losing.get(key) ?? new Map()).set(lead.id, lead))
    }
  }
  const clients: ClientRef[] = []
  const deals = new Map<number, MirroredDeal>()
  await Promise.all(
    [...losing].map(async ([key, leads]) => {
      const ref = parseClientKey(key)
      if (!ref) return
      const { before, after } = await context.mirror.update(
        context.id,
        ref,
        (doc) => removeDeals(doc, (deal) => deal.readAt <= (leads.get(deal.id)?.readAt ?? -1), nowSeconds(context)),
        (before, after) => gapChange(context, before, after),
      )
      for (const deal of before?.deals ?? []) if (leads.has(deal.id)) deals.set(deal.id, deal)
      if (before !== after) clients.push(ref)
    }),
  )
  return { clients, deals }
}

function removeDeals(doc: ClientDoc | null, isGone: (deal: MirroredDeal) => boolean, now: number): ClientDoc | null {
  if (!doc?.deals.some(isGone)) return doc
  return { ...doc, deals: doc.deals.filter((deal) => !isGone(deal)), dueAt: now }
}

/** Answers whether the client's facts changed, or it was never decided. */
async function putDeals(
  context: AccountContext,
  ref: ClientRef,
  leads: readonly Lead[],
  taken: ReadonlyMap<number, MirroredDeal>,
  mark: boolean,
): Promise<boolean> {
  let changed = false
  await context.mirror.update(
    context.id,
    ref,
    (doc) => {
      const before = doc ?? emptyClient(ref)
      const byId = new Map(before.deals.map((deal) => [deal.id, deal]))
      changed = before.decided === null
      let touched = false
      for (const lead of leads) {
        const known = byId.get(lead.id)
        if (known && known.readAt > lead.readAt) continue
        const deal = toDeal(lead, known ?? taken.get(lead.id))
        byId.set(lead.id, deal)
        touched = true
        if (!known || !sameFacts(known, deal)) changed = true
      }
      if (!touched) return doc
      const dueAt = changed && mark ? nowSeconds(context) : before.dueAt
      return { ...before, deals: [...byId.values()], dueAt }
    },
    (before, after) => gapChange(context, before, after),
  )
  return changed
}

/** A reading as it is kept, with what is remembered of the deal. */
function toDeal(lead: Lead, known: MirroredDeal | undefined): MirroredDeal {
  const stayed = known !== undefined && known.statusId === lead.statusId && known.pipelineId === lead.pipelineId
  return {
    id: lead.id,
    pipelineId: lead.pipelineId,
    statusId: lead.statusId,
    price: lead.price,
    createdAt: lead.createdAt,
    updatedAt: lead.updatedAt,
    closedAt: lead.closedAt,
    // A change of status moves `updated_at`, so at the first sight of a status it is the best witness of its instant.
    statusSince: stayed ? known.statusSince : lead.updatedAt,
    lossReasonId: lead.lossReasonId,
    responsibleUserId: lead.responsibleUserId,
    tags: known && known.wroteAt > lead.readAt ? known.tags : lead.tags,
    fields: lead.fields,
    sourceId: lead.sourceId,
    readAt: lead.readAt,
    wroteAt: known?.wroteAt ?? 0,
  }
}
