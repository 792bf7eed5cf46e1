import type { FieldFact, FieldFacts, Lock } from '../segmentation/facts.ts'
import type { CardFacts, ClientDoc, ClientFigures, Decided, MirroredDeal } from './client-doc.ts'
import { parseClientKey } from './client-key.ts'

/** Version of the stored form; a new one gets a reader of the old beside it. */
const FORMAT = 1

/** How long after a write an older reading may still arrive, ms: past it `wroteAt` is not worth its bytes. */
const WRITE_ECHO_MS = 120_000

type StoredFields = [id: string, values: readonly (string | number | boolean)[], enumIds?: readonly number[]][]
type StoredCard = [
  createdAt: number,
  responsible: number,
  flags: number,
  companyId: number,
  readAt: number,
  tags: readonly string[],
  fields: StoredFields,
  wroteAt?: number,
]
type StoredDeal = [
  id: number,
  pipeline: number,
  status: number,
  price: number | null,
  createdAt: number,
  updatedAt: number,
  closedAt: number,
  statusSince: number,
  lossReason: number,
  responsible: number,
  source: number,
  readAt: number,
  tags: readonly string[],
  fields: StoredFields,
  wroteAt?: number,
]
type StoredFigures = [
  ltv: number,
  purchases: number,
  lastPurchaseAt: number,
  sleepsAt: number,
  nextChangeAt: number,
  responsible: number,
]
/** The figures, if any, come last; what is between are rules. */
type StoredDecided = [
  at: number,
  lifecycle: string,
  temperature: string,
  standing: string,
  tier: string,
  ...(string | StoredFigures)[],
]
type Stored = [
  rev: number,
  format: number,
  card: StoredCard | 0,
  deals: StoredDeal[],
  incomingAt: number,
  dueAt: number,
  decided: StoredDecided | 0,
  locks?: readonly Lock[],
  fired?: Readonly<Record<string, number>>,
  held?: string,
]

/** Prefix by which a script recognises the revision of a stored document without parsing it. */
export function revisionPrefix(rev: number): string {
  return `[${rev},`
}

/** Compact text of a document: arrays instead of names, zero for "none". About 90 bytes per deal. */
export function encodeClient(doc: ClientDoc): string {
  const stored: Stored = [
    doc.rev,
    FORMAT,
    doc.card ? encodeCard(doc.card) : 0,
    doc.deals.map(encodeDeal),
    doc.incomingAt ?? 0,
    doc.dueAt ?? 0,
    doc.decided ? encodeDecided(doc.decided, doc.figures) : 0,
  ]
  const hasFired = Object.keys(doc.fired).length > 0
  const isHeld = doc.held !== null
  if (doc.locks.length > 0 || hasFired || isHeld) stored.push(doc.locks)
  if (hasFired || isHeld) stored.push(doc.fired)
  if (doc.held !== null) stored.push(doc.held)
  return JSON.stringify(stored)
}

/** Reads a stored document; `key` is its client's key. Throws on a format this version does not know. */
export function decodeClient(key: string, text: string): ClientDoc {
  const ref = parseClientKey(key)
  const [rev, format, card, deals, incomingAt, dueAt, decided, locks, fired, held] = JSON.parse(text) as Stored
  if (!ref || format !== FORMAT) throw new Error(`the mirror's document ${key} has the unknown format ${format}`)
  return {
    rev,
    ref,
    card: card ? decodeCard(card) : null,
    deals: deals.map(decodeDeal),
    incomingAt: incomingAt || null,
    dueAt: dueAt || null,
    decided: decided ? decodeDecided(decided) : null,
    figures: decided ? decodeFigures(decided.at(-1)) : null,
    locks: locks ?? [],
    fired: fired ?? {},
    held: held ?? null,
  }
}

function encodeCard(card: CardFacts): StoredCard {
  const flags = (card.hasPhone ? 1 : 0) + (card.hasEmail ? 2 : 0)
  const { createdAt, responsibleUserId, readAt, tags } = card
  const stored: StoredCard = [
    createdAt,
    responsibleUserId,
    flags,
    card.companyId ?? 0,
    readAt,
    tags,
    toStored(card.fields),
  ]
  if (isRecent(card)) stored.push(card.wroteAt)
  return stored
}

function decodeCard(stored: StoredCard): CardFacts {
  const [createdAt, responsibleUserId, flags, companyId, readAt, tags, fields, wroteAt] = stored
  return {
    createdAt,
    responsibleUserId,
    hasPhone: (flags & 1) > 0,
    hasEmail: (flags & 2) > 0,
    companyId: companyId || null,
    readAt,
    tags,
    fields: fromStored(fields),
    wroteAt: wroteAt ?? 0,
  }
}

function encodeDeal(deal: MirroredDeal): StoredDeal {
  const stored: StoredDeal = [
    deal.id,
    deal.pipelineId,
    deal.statusId,
    deal.price,
    deal.createdAt,
    deal.updatedAt,
    deal.closedAt ?? 0,
    deal.statusSince ?? 0,
    deal.lossReasonId ?? 0,
    deal.responsibleUserId,
    deal.sourceId ?? 0,
    deal.readAt,
    deal.tags,
    toStored(deal.fields),
  ]
  if (isRecent(deal)) stored.push(deal.wroteAt)
  return stored
}

function decodeDeal(stored: StoredDeal): MirroredDeal {
  return {
    id: stored[0],
    pipelineId: stored[1],
    statusId: stored[2],
    price: stored[3],
    createdAt: stored[4],
    updatedAt: stored[5],
    closedAt: stored[6] || null,
    statusSince: stored[7] || null,
    lossReasonId: stored[8] || null,
    responsibleUserId: stored[9],
    sourceId: stored[10] || null,
    readAt: stored[11],
    tags: stored[12],
    fields: fromStored(stored[13]),
    wroteAt: stored[14] ?? 0,
  }
}

function encodeDecided(decided: Decided, figures: ClientFigures | null): StoredDecided {
  const { at, lifecycle, temperature, standing, tier, rules } = decided
  const stored: StoredDecided = [at, lifecycle, temperature, standing ?? '', tier ?? '', ...rules]
  if (figures !== null) stored.push(encodeFigures(figures))
  return stored
}

function decodeDecided([at, lifecycle, temperature, standing, tier, ...rest]: StoredDecided): Decided {
  return {
    at,
    lifecycle,
    temperature,
    standing: standing || null,
    tier: tier || null,
    rules: rest.filter((rule) => typeof rule === 'string'),
  }
}

function encodeFigures(figures: ClientFigures): StoredFigures {
  const { ltv, purchases, lastPurchaseAt, sleepsAt, nextChangeAt, responsibleUserId } = figures
  return [ltv, purchases, lastPurchaseAt ?? 0, sleepsAt ?? 0, nextChangeAt ?? 0, responsibleUserId]
}

function decodeFigures(stored: StoredDecided[number] | undefined): ClientFigures | null {
  if (!Array.isArray(stored)) return null
  const [ltv, purchases, lastPurchaseAt, sleepsAt, nextChangeAt, responsibleUserId] = stored
  return {
    ltv,
    purchases,
    lastPurchaseAt: lastPurchaseAt || null,
    sleepsAt: sleepsAt || null,
    nextChangeAt: nextChangeAt || null,
    responsibleUserId,
  }
}

function toStored(fields: FieldFacts): StoredFields {
  return Object.entries(fields).map(([id, fact]) =>
    fact.enumIds ? [id, fact.values, fact.enumIds] : [id, fact.values],
  )
}

function fromStored(stored: StoredFields): FieldFacts {
  const fields: Record<string, FieldFact> = {}
  for (const [id, values, enumIds] of stored) fields[id] = enumIds ? { values, enumIds } : { values }
  return fields
}

function isRecent(part: { readonly wroteAt: number; readonly readAt: number }): boolean {
  return part.wroteAt > 0 && part.wroteAt > part.readAt - WRITE_ECHO_MS
}
