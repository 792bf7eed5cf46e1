import type { DealFacts } from '../../src/segmentation/facts.ts'
import { type NaiveCase, type NaiveOccasion, sumOfMoney } from './naive-purchases.ts'

const DAY = 86_400

/** The answers of the four dimensions at one instant. */
export interface NaiveDimensions {
  readonly lifecycle: string
  readonly temperature: string
  readonly standing: string | null
  readonly tier: string | null
  readonly ltv: number
  readonly averageCheck: number | null
  readonly rfm: { readonly recency: number; readonly frequency: number; readonly monetary: number } | null
}

/** A client at one instant, with his purchase occasions. */
export interface NaiveView extends NaiveCase {
  readonly occasions: readonly NaiveOccasion[]
  readonly at: number
}

export const isOpen = (deal: DealFacts): boolean => deal.statusId !== 142 && deal.statusId !== 143
export const isLost = (deal: DealFacts): boolean => deal.statusId === 143

/** The client's own card while it is open: no deal with him. */
export const isCard = (deal: DealFacts, { policy }: NaiveCase): boolean =>
  policy.card !== null && deal.pipelineId === policy.card.pipelineId && isOpen(deal)

const youngerThan = (days: number, since: number, at: number): boolean => at < since + days * DAY

/** Seconds between the occasions. */
export const gapsOf = (occasions: readonly NaiveOccasion[]): number[] =>
  occasions.flatMap((one, index) => {
    const before = occasions[index - 1]
    return before === undefined ? [] : [one.at - before.at]
  })

/** The mean of the lower and the upper middle; null of nothing. */
export const medianOf = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((one, other) => one - other)
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.floor(sorted.length / 2)]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** Seconds of silence after which the client sleeps. */
export const sleepingThreshold = ({ policy, account, occasions }: Omit<NaiveView, 'at'>): number => {
  const { sleeping, rhythm } = policy
  const fixed = sleeping.days * DAY
  if (sleeping.mode === 'fixed') return fixed
  const median = medianOf(gapsOf(occasions))
  if (occasions.length >= rhythm.minPurchases && median !== null) {
    return Math.min(rhythm.maxDays * DAY, Math.max(rhythm.minDays * DAY, rhythm.factor * median))
  }
  const { count, quantileSeconds } = account.aggregates.gaps
  return count >= 100 && quantileSeconds !== null ? quantileSeconds : fixed
}

const lifecycleOf = (view: NaiveView): string => {
  const { policy, occasions, at } = view
  const n = occasions.length
  const last = occasions.at(-1)
  if (last === undefined) return 'new'
  const newFor = policy.firstPurchaseIsNewForDays
  if (n === 1 && newFor > 0 && youngerThan(newFor, last.at, at)) return 'new'
  if (at - last.at >= sleepingThreshold(view)) return 'sleeping'
  const { minPurchases, windowDays } = policy.regular
  const young = occasions.filter((one) => youngerThan(windowDays, one.at, at))
  if (n >= minPurchases && young.length >= minPurchases) return 'regular'
  return n >= 2 ? 'periodic' : 'one_time'
}

const leftFirstStages = (deal: DealFacts, { account }: NaiveCase): boolean => {
  const stages = account.pipelines.find((one) => one.id === deal.pipelineId)?.statuses ?? []
  const working = stages.filter((one) => one.type !== 1 && one.id !== 142 && one.id !== 143)
  const [first] = working.toSorted((one, other) => one.sort - other.sort || one.id - other.id)
  const incoming = stages.some((one) => one.type === 1 && one.id === deal.statusId)
  return !incoming && deal.statusId !== first?.id
}

const showsInterest = (deal: DealFacts, around: NaiveCase): boolean => {
  if (!leftFirstStages(deal, around)) return false
  return !(isLost(deal) && around.policy.junkReasons.includes(deal.lossReasonId ?? -1))
}

const temperatureOf = (view: NaiveView): string => {
  const { client, occasions } = view
  if (occasions.length > 0) return lifecycleOf(view) === 'sleeping' ? 'warm' : 'hot'
  if (client.deals.some((deal) => showsInterest(deal, view)) || client.incomingAt !== null) return 'warm'
  return 'cold'
}

const standingOf = (view: NaiveView): string | null => {
  const { client, policy, occasions } = view
  if (occasions.length > 0) return null
  if (client.deals.some(isOpen)) return 'in_work'
  const lost = client.deals.filter(isLost)
  const closing = (deal: DealFacts) => deal.closedAt ?? deal.updatedAt
  const last = lost.toSorted((one, other) => closing(one) - closing(other) || one.id - other.id).at(-1)
  if (last !== undefined && policy.junkReasons.includes(last.lossReasonId ?? -1)) return 'low_quality'
  if (!client.hasPhone && !client.hasEmail && client.incomingAt === null) return 'low_quality'
  return last === undefined ? null : 'refused'
}

const tierOf = ({ policy, occasions, at }: NaiveView): string | null => {
  const { tiers, windowDays } = policy.value
  const counted = windowDays === null ? occasions : occasions.filter((one) => youngerThan(windowDays, one.at, at))
  const sum = sumOfMoney(counted.map((one) => one.amount))
  const reached = tiers.filter((tier) => sum >= tier.from)
  return reached.toSorted((one, other) => one.from - other.from).at(-1)?.label ?? null
}

/** 1 and one more for every bound reached. */
const scoreOf = (bounds: readonly number[], value: number): number =>
  1 + bounds.filter((bound) => value >= bound).length

const rfmOf = ({ policy, occasions, at }: NaiveView): NaiveDimensions['rfm'] => {
  const bounds = policy.value.rfm
  const last = occasions.at(-1)
  if (bounds === null || last === undefined) return null
  return {
    recency: 1 + bounds.recencyDays.filter((days) => youngerThan(days, last.at, at)).length,
    frequency: scoreOf(bounds.frequency, occasions.length),
    monetary: scoreOf(bounds.monetary, sumOfMoney(occasions.map((one) => one.amount))),
  }
}

const SEGMENTS: Readonly<Record<string, readonly string[]>> = {
  lifecycle: ['new', 'one_time', 'periodic', 'regular', 'sleeping'],
  temperature: ['hot', 'warm', 'cold'],
  standing: ['in_work', 'low_quality', 'refused'],
}

/** The segment a person locked the client in: of the locks that hold at the instant, the one set last. */
const lockedIn = (dimension: string, { client, policy, at }: NaiveView): string | undefined => {
  const known = SEGMENTS[dimension] ?? policy.value.tiers.map((tier) => tier.label)
  const holding = client.locks.filter(
    (lock) => lock.dimension === dimension && known.includes(lock.segment) && (lock.until === null || at < lock.until),
  )
  return holding.at(-1)?.segment
}

/** The four dimensions at one instant, word for word. */
export const naiveDimensions = (view: NaiveView): NaiveDimensions => {
  const ltv = sumOfMoney(view.occasions.map((one) => one.amount))
  return {
    lifecycle: lockedIn('lifecycle', view) ?? lifecycleOf(view),
    temperature: lockedIn('temperature', view) ?? temperatureOf(view),
    standing: lockedIn('standing', view) ?? standingOf(view),
    tier: lockedIn('value', view) ?? tierOf(view),
    ltv,
    averageCheck: view.occasions.length === 0 ? null : ltv / view.occasions.length,
    rfm: rfmOf(view),
  }
}
