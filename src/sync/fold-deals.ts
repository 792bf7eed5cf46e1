import type { Lead } from '../amocrm/entities.ts'
import { clientOf } from '../segmentation/owner.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { type ClientDoc, emptyClient, type MirroredDeal } from '../store/client-doc.ts'
import { clientKey, parseClientKey } from '../store/client-key.ts'
import type { DealOwner } from '../store/mirror.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { gapChange } from './gap-figures.ts'
import { noteHeir } from './inheritance.ts'
import { isOutrun, tagsOf } from './outrun.ts'
import { sameFacts } from './same-facts.ts'

export interface FoldOptions {
  /** Whether a changed client is marked due at once. The backfill does not: it decides every client anyway. */
  readonly mark: boolean
  /** Clients whose documents may hold these deals although the index names another owner. */
  readonly holders?: readonly ClientRef[]
  /** Told of deals whose reading was under way while we wrote to them, and does not show it; see `isOutrun`. */
  readonly onOutrun?: (dealId: number) => void
}

/** Rounds of "another reading gave the deal away meanwhile" before the queue is asked to try later. */
const MAX_ROUNDS = 10

/**
 * Puts readings of deals into the mirror: under the client each belongs to now, away from the one it belonged to.
 * A reading never replaces a younger one. Answers the clients whose facts changed.
 */
export async function foldDeals(
  context: AccountContext,
  leads: readonly Lead[],
  options: FoldOptions,
): Promise<ClientRef[]> {
  const changed = new Map<string, ClientRef>()
  let left = leads
  for (let round = 0; left.length > 0; round++) {
    if (round === MAX_ROUNDS) throw new Error(`deals of account ${context.id} keep changing hands while they are read`)
    const folded = await foldOnce(context, left, options)
    for (const ref of folded.changed) changed.set(clientKey(ref), ref)
    left = folded.contested
  }
  return [...changed.values()]
}

interface Folded {
  readonly changed: readonly ClientRef[]
  /** Deals that another reading gave to someone, or marked as gone, since their owners were looked up. */
  readonly contested: readonly Lead[]
}

async function foldOnce(context: AccountContext, leads: readonly Lead[], options: FoldOptions): Promise<Folded> {
  const owners = await context.mirror.owners(
    context.id,
    leads.map((lead) => lead.id),
  )
  const wanted = leads.filter((lead) => !isOlderThanIndex(lead, owners.get(lead.id)))
  const placed = wanted.map((lead) => ({ lead, next: clientOf(lead, context.policy.clientEntity) }))

  const taken = await takeFromOthers(context, placed, owners, options)
  const outdated = new Set([...taken.deals.values()].filter((deal) => isYounger(deal, wanted)).map((deal) => deal.id))
  const current = placed.filter(({ lead }) => !outdated.has(lead.id))
  const changed = [...taken.clients]
  const contested: Lead[] = []

  await Promise.all(
    current.map(async ({ lead, next }) => {
      if (next !== null) return
      if (!(await context.mirror.orphanDeal(context.id, lead.id, lead.readAt))) contested.push(lead)
    }),
  )
  await Promise.all(
    groupByClient(current).map(async ({ ref, own }) => {
      const put = await putDeals(context, ref, own, taken.deals, options)
      if (put === 'contested') contested.push(...own)
      else if (put === 'changed') changed.push(ref)
    }),
  )
  return { changed, contested }
}

function groupByClient(placed: readonly Placed[]): { ref: ClientRef; own: Lead[] }[] {
  const groups = new Map<string, { ref: ClientRef; own: Lead[] }>()
  for (const { lead, next } of placed) {
    if (next === null) continue
    const key = clientKey(next)
    const group = groups.get(key) ?? { ref: next, own: [] }
    group.own.push(lead)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** Takes deals that are gone from amoCRM out of the mirror; `readAt` (ms) is when their absence was read. */
export async function dropDeals(
  context: AccountContext,
  dealIds: readonly number[],
  readAt: number,
  holders: readonly ClientRef[] = [],
): Promise<ClientRef[]> {
  const gone = new Set(dealIds)
  const changed = new Map<string, ClientRef>()
  let left = [...dealIds]
  for (let round = 0; round < MAX_ROUNDS && left.length > 0; round++) {
    const owners = await context.mirror.owners(context.id, left)
    const refs = new Map(holders.map((ref) => [clientKey(ref), ref]))
    for (const owner of owners.values()) if (owner.type === 'client') refs.set(clientKey(owner.ref), owner.ref)
    const back = new Set<number>()
    await Promise.all(
      [...refs.values()].map(async (ref) => {
        const { before, after } = await context.mirror.update(
          context.id,
          ref,
          (doc) => removeDeals(doc, (deal) => gone.has(deal.id) && deal.readAt <= readAt, nowSeconds(context)),
          (before, after) => gapChange(context, before, after),
        )
        // Who still has it has seen it later than it was gone: it came back.
        for (const deal of after?.deals ?? []) if (gone.has(deal.id)) back.add(deal.id)
        if (before !== after) changed.set(clientKey(ref), ref)
      }),
    )
    const buried = await Promise.all(left.map((id) => context.mirror.buryDeal(context.id, id, readAt)))
    const isMarked = (id: number) => ['deleted', 'orphan'].includes(owners.get(id)?.type ?? '')
    left = left.filter((id, index) => !buried[index] && !back.has(id) && !isMarked(id))
  }
  return [...changed.values()]
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
 * Removes each deal from every client that holds it and is not its owner any more, before it is given to the new one.
 * In between it is noted as loose: what a crash leaves so, the sweep reads again.
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
      const heir = placed.find(({ lead, next }) => leads.has(lead.id) && next?.kind === ref.kind)?.next
      if (heir) await noteHeir(context, ref, heir)
      const { before, after } = await context.mirror.update(
        context.id,
        ref,
        (doc) => {
          const isGone = (deal: MirroredDeal) => deal.readAt <= (leads.get(deal.id)?.readAt ?? -1)
          return removeDeals(doc, isGone, options.mark ? nowSeconds(context) : (doc?.dueAt ?? null))
        },
        (before, after) => [
          ...gapChange(context, before, after),
          ...context.mirror.noteLoose(context.id, 'SADD', [...leads.keys()]),
        ],
      )
      for (const deal of before?.deals ?? []) if (leads.has(deal.id)) deals.set(deal.id, deal)
      if (before !== after) clients.push(ref)
    }),
  )
  return { clients, deals }
}

function removeDeals(
  doc: ClientDoc | null,
  isGone: (deal: MirroredDeal) => boolean,
  dueAt: number | null,
): ClientDoc | null {
  if (!doc?.deals.some(isGone)) return doc
  return { ...doc, deals: doc.deals.filter((deal) => !isGone(deal)), dueAt }
}

/** `changed` also for a client that was never decided; `contested`: nothing was put, somebody else has one of the deals. */
async function putDeals(
  context: AccountContext,
  ref: ClientRef,
  leads: readonly Lead[],
  taken: ReadonlyMap<number, MirroredDeal>,
  { mark, onOutrun }: FoldOptions,
): Promise<'changed' | 'same' | 'contested'> {
  let changed = false
  const ids = leads.map((lead) => lead.id)
  const { contested } = await context.mirror.update(
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
        const held = known ?? taken.get(lead.id)
        if (isOutrun(lead, held)) onOutrun?.(lead.id)
        const deal = toDeal(lead, held)
        byId.set(lead.id, deal)
        touched = true
        if (!known || !sameFacts(known, deal)) changed = true
      }
      if (!touched) return doc
      const dueAt = changed && mark ? nowSeconds(context) : before.dueAt
      return { ...before, deals: [...byId.values()], dueAt }
    },
    (before, after) => [
      ...gapChange(context, before, after),
      ...context.mirror.noteLoose(
        context.id,
        'SREM',
        ids.filter((id) => taken.has(id)),
      ),
    ],
  )
  if (contested) return 'contested'
  return changed ? 'changed' : 'same'
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
    tags: tagsOf(lead, known),
    fields: lead.fields,
    sourceId: lead.sourceId,
    readAt: lead.readAt,
    wroteAt: known?.wroteAt ?? 0,
  }
}
