import type { Aggregates } from './facts.ts'
import type { Policy } from './policy.ts'
import type { Occasion } from './purchases.ts'
import type { ThresholdSource } from './reason.ts'

const DAY = 86_400

/** Gaps an account must have before their quantile says anything. */
export const MIN_ACCOUNT_GAPS = 100

/** How long a client may be silent before he sleeps, and where that comes from. */
export interface Threshold {
  readonly seconds: number
  readonly from: ThresholdSource
  readonly medianGapSeconds: number | null
}

/** The policy's way to a client's threshold. */
export interface SleepingRule {
  /** For clients without a rhythm of their own; for all of them in the mode `fixed`. */
  readonly common: Threshold
  /** Null in the mode `fixed`. */
  readonly rhythm: {
    readonly minPurchases: number
    readonly factor: number
    readonly minSeconds: number
    readonly maxSeconds: number
  } | null
}

const commonThreshold = (policy: Policy, { count, quantileSeconds }: Aggregates['gaps']): Threshold => {
  const fixed = { seconds: policy.sleeping.days * DAY, medianGapSeconds: null }
  if (policy.sleeping.mode === 'fixed') return { ...fixed, from: 'fixed' }
  if (count < MIN_ACCOUNT_GAPS || quantileSeconds === null) return { ...fixed, from: 'too_few_gaps' }
  return { seconds: Math.ceil(quantileSeconds), from: 'account_rhythm', medianGapSeconds: null }
}

export const sleepingRule = (policy: Policy, aggregates: Aggregates): SleepingRule => ({
  common: commonThreshold(policy, aggregates.gaps),
  rhythm:
    policy.sleeping.mode === 'fixed'
      ? null
      : {
          minPurchases: policy.rhythm.minPurchases,
          factor: policy.rhythm.factor,
          minSeconds: policy.rhythm.minDays * DAY,
          maxSeconds: policy.rhythm.maxDays * DAY,
        },
})

/** Seconds between consecutive occasions, oldest gap first. */
export const gapsBetween = (occasions: readonly Occasion[]): number[] => {
  const gaps: number[] = []
  let previous: number | null = null
  for (const { at } of occasions) {
    if (previous !== null) gaps.push(at - previous)
    previous = at
  }
  return gaps
}

/** The middle value, or the mean of the two in the middle; null of nothing. */
export const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((one, other) => one - other)
  const upper = sorted[sorted.length >> 1]
  const lower = sorted[(sorted.length - 1) >> 1]
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2
}

/** The client's threshold in whole seconds: part of a second of silence is not yet silent long enough. */
export const thresholdOf = (rule: SleepingRule, occasions: readonly Occasion[]): Threshold => {
  if (rule.rhythm === null || occasions.length < rule.rhythm.minPurchases) return rule.common
  const { factor, minSeconds, maxSeconds } = rule.rhythm
  const gap = median(gapsBetween(occasions))
  if (gap === null) return rule.common
  const seconds = Math.ceil(Math.min(Math.max(factor * gap, minSeconds), maxSeconds))
  return { seconds, from: 'own_rhythm', medianGapSeconds: gap }
}
