import type { AccountFacts, ClientFacts, DealFacts } from '../../src/segmentation/facts.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import { localDay } from './naive-local-day.ts'

/** One purchase occasion. */
export interface NaiveOccasion {
  readonly at: number
  readonly amount: number
}

/** Everything a definition may speak of; the client is looked at as he is, whatever the instant. */
export interface NaiveCase {
  readonly account: AccountFacts
  readonly policy: Policy
  readonly client: ClientFacts
}

const isPurchase = (deal: DealFacts, { purchasePipelines, minPrice }: Policy): boolean => {
  const counts =
    purchasePipelines.length === 0
      ? deal.statusId === 142
      : purchasePipelines.some((one) => one.pipelineId === deal.pipelineId && one.statusIds.includes(deal.statusId))
  return counts && (deal.price ?? 0) >= minPrice
}

const dateOf = (deal: DealFacts, { policy, account }: NaiveCase): number | null => {
  const ref = policy.purchaseDateField
  const field = account.fields.find(
    (one) => one.entity === 'lead' && (one.id === ref || one.code?.toLowerCase() === String(ref).toLowerCase()),
  )
  const value = field === undefined ? null : deal.fields[field.id]?.values[0]
  return typeof value === 'number' ? value : null
}

const instantOf = (deal: DealFacts, around: NaiveCase): number =>
  (deal.statusId === 142 ? deal.closedAt : null) ?? dateOf(deal, around) ?? deal.statusSince ?? deal.updatedAt

/** A sum of money, free of the dust of binary fractions. */
export const sumOfMoney = (amounts: readonly number[]): number =>
  amounts.reduce((cents, amount) => cents + Math.round(amount * 100), 0) / 100

/** The purchase occasions of a client, oldest first. */
export const naiveOccasions = (around: NaiveCase): NaiveOccasion[] => {
  const { account, policy, client } = around
  const groups = new Map<string, NaiveOccasion[]>()
  for (const deal of client.deals) {
    if (!isPurchase(deal, policy)) continue
    const at = instantOf(deal, around)
    const key = policy.mergeSameDay ? localDay(account.timeZone, at) : `deal ${deal.id}`
    groups.set(key, [...(groups.get(key) ?? []), { at, amount: deal.price ?? 0 }])
  }
  const occasions = [...groups.values()].map((group) => ({
    at: Math.max(...group.map((one) => one.at)),
    amount: sumOfMoney(group.map((one) => one.amount)),
  }))
  return occasions.sort((one, other) => one.at - other.at)
}
