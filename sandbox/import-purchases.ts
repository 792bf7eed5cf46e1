import type { Readable } from 'node:stream'
import { fieldValues } from './generate/make-clients.ts'
import type { PurchaseColumns } from './import/purchase-columns.ts'
import { type PurchaseEntry, type ReadOptions, readPurchases, type SkippedRows } from './import/read-purchases.ts'
import { type Contact, type Lead, LOST, WON } from './world/model.ts'
import type { World } from './world/world.ts'

export interface ImportOptions extends ReadOptions {
  /** Seconds between the last purchase and now; default one day. */
  readonly lastPurchaseAgo?: number
}

export interface ImportReport {
  readonly rows: number
  readonly clients: number
  /** Won deals made. */
  readonly purchases: number
  /** Purchases taken back by a cancellation of the same client and amount: lost deals. */
  readonly cancelled: number
  /** Rows merged into the purchase of an invoice seen before. */
  readonly mergedRows: number
  readonly skipped: Readonly<SkippedRows> & {
    /** Purchases of nothing or less. */
    readonly nonPositive: number
    /** Cancellations of no purchase known. */
    readonly unmatchedCancellations: number
  }
  readonly columns: PurchaseColumns
  /** Seconds added to every instant of the file. */
  readonly shiftSeconds: number
  /** Contact of each client of the file. */
  readonly contactIds: ReadonlyMap<string, number>
}

interface Purchase extends PurchaseEntry {
  cancelledAt: number | null
}

const DAY = 86_400

/**
 * Loads a history of purchases from a CSV: every client becomes a contact, every purchase a won deal closed at its
 * instant, all moved in time so that the last purchase lies shortly before now. A cancellation (an invoice whose number
 * starts with C) is no purchase: it turns the client's last purchase of the same amount into a lost deal, or is left out.
 */
export async function importPurchases(
  world: World,
  source: string | Readable,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { entries, rows, mergedRows, skipped, columns } = await readPurchases(source, options)
  const { purchases, nonPositive, unmatchedCancellations } = settle(entries)
  const kept = purchases.filter(({ cancelledAt }) => cancelledAt === null)
  const last = kept.reduce((latest, { at }) => Math.max(latest, at), Number.NEGATIVE_INFINITY)
  const shiftSeconds = kept.length === 0 ? 0 : world.now() - (options.lastPurchaseAgo ?? DAY) - last
  const contactIds = fill(world, purchases, shiftSeconds)
  return {
    rows,
    clients: contactIds.size,
    purchases: kept.length,
    cancelled: purchases.length - kept.length,
    mergedRows,
    skipped: { ...skipped, nonPositive, unmatchedCancellations },
    columns,
    shiftSeconds,
    contactIds,
  }
}

const CANCELLATION = /^c\d/i

/** Goes through the entries in time, so that a cancellation finds only what was bought before it. */
function settle(entries: readonly PurchaseEntry[]) {
  const purchases: Purchase[] = []
  const standing = new Map<string, Purchase[]>()
  let nonPositive = 0
  let unmatchedCancellations = 0
  for (const entry of entries.toSorted((a, b) => a.at - b.at)) {
    const key = `${Math.abs(entry.amount).toFixed(2)} ${entry.client}`
    if (entry.invoice !== null && CANCELLATION.test(entry.invoice)) {
      const purchase = standing.get(key)?.pop()
      if (purchase === undefined) unmatchedCancellations += 1
      else purchase.cancelledAt = entry.at
    } else if (entry.amount > 0) {
      const purchase = { ...entry, cancelledAt: null }
      purchases.push(purchase)
      standing.set(key, [...(standing.get(key) ?? []), purchase])
    } else nonPositive += 1
  }
  return { purchases, nonPositive, unmatchedCancellations }
}

function fill(world: World, purchases: readonly Purchase[], shift: number): Map<string, number> {
  const contacts = new Map<string, Contact>()
  const leads = purchases.map((purchase) => {
    const at = purchase.at + shift
    const contact = contacts.get(purchase.client) ?? makeContact(world, purchase.client, at, contacts.size)
    contacts.set(purchase.client, contact)
    const lead = makeLead(world, purchase, contact.id, shift)
    contact.leadIds = [...contact.leadIds, lead.id]
    return lead
  })
  world.contacts.addAll([...contacts.values()])
  world.leads.addAll(leads)
  return new Map([...contacts].map(([client, { id }]) => [client, id]))
}

function makeContact(world: World, client: string, at: number, number: number): Contact {
  const phone = `+7900${String(number).padStart(7, '0')}`
  return {
    ...stamps(world, at, at),
    name: `Клиент ${client}`,
    firstName: 'Клиент',
    lastName: client,
    fields: [fieldValues(world, 'contacts', 'PHONE', [phone])],
    companyId: null,
    leadIds: [],
  }
}

/** How long before its closing an imported deal was opened, seconds. */
const OPEN_FOR = 3600

function makeLead(world: World, purchase: Purchase, contactId: number, shift: number): Lead {
  const { amount, invoice, at, cancelledAt } = purchase
  // A cancellation may be younger than the last purchase that stands, and so lie beyond now.
  const closedAt = Math.min(world.now(), (cancelledAt ?? at) + shift)
  return {
    ...stamps(world, Math.min(at + shift, closedAt) - OPEN_FOR, closedAt),
    name: invoice === null ? 'Покупка' : `Заказ ${invoice}`,
    price: Math.max(1, Math.round(amount)),
    pipelineId: world.mainPipeline.id,
    statusId: cancelledAt === null ? WON : LOST,
    lossReasonId: cancelledAt === null ? null : (world.lossReasons[0]?.id ?? null),
    closedAt,
    sourceId: null,
    companyId: null,
    contactIds: [contactId],
    mainContactId: contactId,
    fields: null,
  }
}

function stamps(world: World, createdAt: number, updatedAt: number) {
  const user = world.admin.id
  return {
    id: world.nextId(),
    responsibleUserId: user,
    createdBy: user,
    updatedBy: user,
    createdAt,
    updatedAt,
    isDeleted: false,
    tagIds: [],
  }
}
