import type { Priority } from '../amocrm/amo-api.ts'
import type { Company, Contact, Lead } from '../amocrm/entities.ts'
import type { Touch } from '../amocrm/hook-touch.ts'
import { clientOf } from '../segmentation/owner.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { emptyClient } from '../store/client-doc.ts'
import { clientKey, sameClient } from '../store/client-key.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { foldCard } from './fold-card.ts'
import { dropDeals, foldDeals } from './fold-deals.ts'
import { gapChange } from './gap-figures.ts'
import { bequeath } from './inheritance.ts'

/** Reads an entity again and puts what it says into the mirror. Answers the clients that have to be decided again. */
export async function look(context: AccountContext, touch: Touch): Promise<ClientRef[]> {
  if (touch.entity === 'lead') {
    const touched = await lookAtDeal(context, touch.id, 'live')
    return touch.incoming ? unique([...touched, ...(await noteIncomingOnDeal(context, touch.id))]) : touched
  }
  const ref: ClientRef = { kind: touch.entity, id: touch.id }
  const touched = await lookAtCard(context, ref, 'live')
  return touch.incoming
    ? unique([...touched, ...(await noteIncoming(context, ref, nowSeconds(context), LIVE))])
    : touched
}

/** Reads one deal, and beside it the client it is known to belong to, since both are needed before a write. */
async function lookAtDeal(context: AccountContext, dealId: number, priority: Priority): Promise<ClientRef[]> {
  const owner = (await context.mirror.owners(context.id, [dealId])).get(dealId)
  const known = owner?.type === 'client' ? owner.ref : null
  const [fromDeal, fromCard] = await Promise.all([
    readDeals(context, [dealId], priority),
    known ? lookAtCardAlone(context, known, priority) : [],
  ])
  return unique([...fromDeal, ...fromCard])
}

/** Reads deals and folds them in; those amoCRM does not show any more are taken out. */
export async function readDeals(
  context: AccountContext,
  dealIds: readonly number[],
  priority: Priority,
  holders: readonly ClientRef[] = [],
): Promise<ClientRef[]> {
  const askedAt = context.clock()
  const leads = await Promise.all(dealIds.map((id) => context.api.lead(id, priority)))
  const present = leads.filter((lead): lead is Lead => lead !== null)
  const absent = dealIds.filter((_, index) => leads[index] === null)
  const outrun = new Set<number>()
  const [changed, left] = await Promise.all([
    foldDeals(context, present, { mark: true, holders, onOutrun: (id) => outrun.add(id) }),
    absent.length > 0 ? dropDeals(context, absent, askedAt, holders) : [],
  ])
  const again = outrun.size > 0 ? await readDeals(context, [...outrun], priority, holders) : []
  return unique([...changed, ...left, ...again])
}

/**
 * Reads a contact or company, and every deal on which it and the mirror disagree: linked but known as another's,
 * known as his but not linked. Its list of deals alone proves nothing: amoCRM does not promise that it is whole.
 */
export async function lookAtCard(context: AccountContext, ref: ClientRef, priority: Priority): Promise<ClientRef[]> {
  const { card, changed } = await refreshCard(context, ref, priority)
  if (!card) return forgetCard(context, ref, priority)
  const doubtful = await doubtfulDeals(context, ref, card.leadIds)
  const fromDeals = doubtful.length > 0 ? await readDeals(context, doubtful, priority, [ref]) : []
  return unique([...(changed ? [ref] : []), ...fromDeals])
}

async function lookAtCardAlone(context: AccountContext, ref: ClientRef, priority: Priority): Promise<ClientRef[]> {
  const { card, changed } = await refreshCard(context, ref, priority)
  if (!card) return forgetCard(context, ref, priority)
  return changed ? [ref] : []
}

/** Reads a card and folds it in, again while our own writes outrun the readings. Null: amoCRM does not show it. */
async function refreshCard(
  context: AccountContext,
  ref: ClientRef,
  priority: Priority,
): Promise<{ card: Contact | Company | null; changed: boolean }> {
  for (let changed = false; ; ) {
    const card = await readCard(context, ref, priority)
    if (!card) return { card, changed }
    let isAgain = false
    const onOutrun = () => {
      isAgain = true
    }
    changed = (await foldCard(context, ref, card, { mark: true, onOutrun })) || changed
    if (!isAgain) return { card, changed }
  }
}

function readCard(context: AccountContext, ref: ClientRef, priority: Priority): Promise<Contact | Company | null> {
  return ref.kind === 'contact' ? context.api.contact(ref.id, priority) : context.api.company(ref.id, priority)
}

/** Deals whose owner has to be read: linked to this card but known as another's, or known as its own but not listed. */
export async function doubtfulDeals(
  context: AccountContext,
  ref: ClientRef,
  linked: readonly number[],
): Promise<number[]> {
  const doc = await context.mirror.read(context.id, ref)
  const owners = await context.mirror.owners(context.id, linked)
  // Of the other kind (a company where contacts are clients) most linked deals are rightly someone else's.
  const isPrimary = ref.kind === context.policy.clientEntity
  const strangers = linked.filter((id) => {
    const owner = owners.get(id)
    if (!owner || owner.type === 'unknown') return true
    return isPrimary && !(owner.type === 'client' && sameClient(owner.ref, ref))
  })
  const listed = new Set(linked)
  const unlisted = (doc?.deals ?? []).map((deal) => deal.id).filter((id) => !listed.has(id))
  return [...strangers, ...unlisted]
}

/**
 * The entity is gone (deleted or merged away): its deals are read again, they may have a new owner; also those that
 * come to it meanwhile, by readings made before it went.
 */
async function forgetCard(context: AccountContext, ref: ClientRef, priority: Priority): Promise<ClientRef[]> {
  const touched: ClientRef[] = []
  const reread = new Set<number>()
  for (;;) {
    const doc = await context.mirror.read(context.id, ref)
    if (!doc) break
    const dealIds = doc.deals.map((deal) => deal.id).filter((id) => !reread.has(id))
    for (const id of dealIds) reread.add(id)
    if (dealIds.length > 0) {
      touched.push(...(await readDeals(context, dealIds, priority, [ref])))
      continue
    }
    touched.push(...(await bequeath(context, doc)))
    if (await context.mirror.commit(context.id, doc, null, gapChange(context, doc, null))) break
  }
  return unique(touched).filter((other) => !sameClient(other, ref))
}

export interface NoteOptions {
  readonly priority: Priority
  /** Whether the client is marked due at once. The backfill does not where it decides every client later anyway. */
  readonly mark: boolean
}

const LIVE: NoteOptions = { priority: 'live', mark: true }

/** Remembers that the client wrote or called. Answers the client if that was news. */
export async function noteIncoming(
  context: AccountContext,
  ref: ClientRef,
  at: number,
  { priority, mark }: NoteOptions,
): Promise<ClientRef[]> {
  const client = await clientOfCard(context, ref, priority)
  const { before, after } = await context.mirror.update(context.id, client, (doc) => {
    if (doc?.incomingAt && doc.incomingAt <= at) return doc
    const known = doc ?? emptyClient(client)
    return { ...known, incomingAt: at, dueAt: mark ? nowSeconds(context) : known.dueAt }
  })
  return before === after ? [] : [client]
}

async function noteIncomingOnDeal(context: AccountContext, dealId: number): Promise<ClientRef[]> {
  const owner = (await context.mirror.owners(context.id, [dealId])).get(dealId)
  return owner?.type === 'client' ? noteIncoming(context, owner.ref, nowSeconds(context), LIVE) : []
}

/** Where companies are the clients, a contact's message is his company's. */
async function clientOfCard(context: AccountContext, ref: ClientRef, priority: Priority): Promise<ClientRef> {
  if (context.policy.clientEntity === 'contact' || ref.kind === 'company') return ref
  const contact = await context.api.contact(ref.id, priority)
  return clientOf({ contacts: [{ id: ref.id, isMain: true }], companyId: contact?.companyId ?? null }, 'company') ?? ref
}

function unique(refs: readonly ClientRef[]): ClientRef[] {
  return [...new Map(refs.map((ref) => [clientKey(ref), ref])).values()]
}
