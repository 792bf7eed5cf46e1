import { money } from '../../segmentation/purchases.ts'
import type { ClientRow } from '../../store/client-rows.ts'

/** How many clients there are, and how many of them bought in the period. */
export interface BaseFigures {
  readonly clients: number
  readonly active: number
  /** What the active ones have ever bought for, in the account's currency. */
  readonly ltv: number
}

export interface ActiveBase extends BaseFigures {
  /** By who is responsible for the client, the largest base first. */
  readonly managers: readonly (BaseFigures & { readonly userId: number })[]
}

/** The active client base: clients with a purchase from `from` on (seconds), among all clients. */
export const activeBase = (rows: Iterable<ClientRow>, from: number): ActiveBase => {
  const whole = { clients: 0, active: 0, ltv: 0 }
  const managers = new Map<number, { clients: number; active: number; ltv: number }>()
  for (const { responsibleUserId, lastPurchaseAt, ltv } of rows) {
    const own = managers.get(responsibleUserId) ?? { clients: 0, active: 0, ltv: 0 }
    managers.set(responsibleUserId, own)
    for (const figures of [whole, own]) {
      figures.clients += 1
      if (lastPurchaseAt === null || lastPurchaseAt < from) continue
      figures.active += 1
      figures.ltv = money(figures.ltv + ltv)
    }
  }
  return {
    ...whole,
    managers: [...managers]
      .map(([userId, figures]) => ({ userId, ...figures }))
      .sort((one, other) => other.clients - one.clients || one.userId - other.userId),
  }
}
