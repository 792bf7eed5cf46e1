import { type DealFacts, LOST, type Seconds, WON } from './facts.ts'

/** An open deal is neither won (142) nor lost (143). */
export const isOpenDeal = (deal: DealFacts): boolean => deal.statusId !== WON && deal.statusId !== LOST

export const isLostDeal = (deal: DealFacts): boolean => deal.statusId === LOST

/** When a closed deal was closed; old deals may have no closing instant, their last change stands in for it. */
export const closingOf = (deal: DealFacts): Seconds => deal.closedAt ?? deal.updatedAt

const inOrder = (deals: readonly DealFacts[]): boolean => {
  let last = Number.NEGATIVE_INFINITY
  for (const deal of deals) {
    if (deal.id < last) return false
    last = deal.id
  }
  return true
}

/** The deals by rising id: whatever is read from them in this order cannot depend on the order they came in. */
export const dealsById = (deals: readonly DealFacts[]): readonly DealFacts[] =>
  inOrder(deals) ? deals : deals.toSorted((one, other) => one.id - other.id)
