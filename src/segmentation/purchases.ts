import type { CompiledPolicy } from './compile-policy.ts'
import { dateValue } from './date-value.ts'
import { type DealFacts, type Seconds, WON } from './facts.ts'
import type { IgnoredDeal } from './reason.ts'

/** One purchase occasion: a purchase, or all purchases of one calendar day. */
export interface Occasion {
  /** Instant of its last purchase. */
  readonly at: Seconds
  /** Sum of its purchases, in the account's currency. */
  readonly amount: number
  /** Its deals, in the order of purchase. */
  readonly dealIds: readonly number[]
}

export interface Purchases {
  /** Oldest first. */
  readonly occasions: readonly Occasion[]
  /** Sum of all occasions. */
  readonly ltv: number
  /** Deals that are no purchase, by rising id. */
  readonly ignored: readonly IgnoredDeal[]
}

interface Draft {
  at: Seconds
  amount: number
  dealIds: number[]
  day: number
}

/** Sums of money are kept to the hundredth, so that no dust of binary fractions decides about a tier. */
export const money = (sum: number): number => Math.round(sum * 100) / 100

const whyIgnored = (deal: DealFacts, { statuses, minPrice }: CompiledPolicy['purchase']): IgnoredDeal['why'] | null => {
  if (statuses === null) {
    if (deal.statusId !== WON) return 'status_not_purchase'
  } else {
    const counted = statuses.get(deal.pipelineId)
    if (counted === undefined) return 'pipeline_not_counted'
    if (!counted.has(deal.statusId)) return 'status_not_purchase'
  }
  return (deal.price ?? 0) < minPrice ? 'price_below_minimum' : null
}

const dateIn = (deal: DealFacts, key: string): Seconds | null => {
  const value = deal.fields[key]?.values[0]
  return typeof value === 'number' ? dateValue(value) : null
}

/**
 * When a purchase happened: the closing of a won deal; for other statuses, and where the closing is missing, the
 * chosen date field, else the instant it was first seen in its status, else its last change.
 *
 * The instant may lie ahead (a date field, a clock that runs fast). It is taken as it is: the deal already stands in a
 * purchase status, so it counts from now on, and every period simply begins at its instant.
 */
export const purchaseInstant = (deal: DealFacts, dateField: string | null): Seconds => {
  if (deal.statusId === WON && deal.closedAt !== null) return deal.closedAt
  const chosen = dateField === null ? null : dateIn(deal, dateField)
  return chosen ?? deal.statusSince ?? deal.updatedAt
}

/** What dates a purchase, see {@link purchaseInstant}. */
export type PurchaseDate = 'closing' | 'field' | 'status' | 'change'

export const purchaseDate = (deal: DealFacts, dateField: string | null): PurchaseDate => {
  if (deal.statusId === WON && deal.closedAt !== null) return 'closing'
  if (dateField !== null && dateIn(deal, dateField) !== null) return 'field'
  return deal.statusSince === null ? 'change' : 'status'
}

const byInstant = (one: Draft, other: Draft) => one.at - other.at
const byDay = (one: Draft, other: Draft) => one.day - other.day || one.at - other.at

/**
 * Puts the purchases of one day together. Sorted by day first: where clocks go back across midnight, the days of rising
 * instants do not rise.
 */
const mergeDays = (drafts: Draft[], dayOf: (at: Seconds) => number): Draft[] => {
  for (const draft of drafts) draft.day = dayOf(draft.at)
  drafts.sort(byDay)
  const days: Draft[] = []
  for (const draft of drafts) {
    const last = days.at(-1)
    if (last?.day === draft.day) {
      last.at = draft.at
      last.amount = money(last.amount + draft.amount)
      last.dealIds.push(...draft.dealIds)
    } else days.push(draft)
  }
  return days
}

const toOccasions = (drafts: Draft[], { purchase, calendar }: CompiledPolicy): readonly Occasion[] => {
  if (drafts.length < 2) return drafts
  const merged = purchase.mergeSameDay ? mergeDays(drafts, calendar.dayOf) : drafts
  return merged.sort(byInstant)
}

const NONE: readonly never[] = []

/** All purchases of a client from his deals by rising id. They do not depend on the present instant. */
export const readPurchases = (deals: readonly DealFacts[], policy: CompiledPolicy): Purchases => {
  const drafts: Draft[] = []
  const ignored: IgnoredDeal[] = []
  for (const deal of deals) {
    const why = whyIgnored(deal, policy.purchase)
    if (why !== null) ignored.push({ dealId: deal.id, why })
    else {
      const at = purchaseInstant(deal, policy.purchase.dateField)
      drafts.push({ at, amount: deal.price ?? 0, dealIds: [deal.id], day: 0 })
    }
  }
  const occasions = drafts.length === 0 ? NONE : toOccasions(drafts, policy)
  let ltv = 0
  for (const { amount } of occasions) ltv += amount
  return { occasions, ltv: money(ltv), ignored: ignored.length === 0 ? NONE : ignored }
}
