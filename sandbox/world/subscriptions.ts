/** One webhook subscription of an account. Instants are unix seconds. */
export interface Subscription {
  readonly id: number
  readonly destination: string
  settings: readonly string[]
  readonly createdAt: number
  updatedAt: number
  readonly createdBy: number
  sort: number
  disabled: boolean
  /** Milliseconds of the invalid answers of the last two hours, oldest first. */
  invalidAnswers: number[]
}

const PROBATION_MS = 2 * 3_600_000
/** Invalid answers of two hours that a subscription outlives. */
export const PLATFORM_MOST_INVALID = 100

/**
 * Notes how a destination answered: a subscription is disabled when more than `most` answers of the last two hours, by
 * default 100, are invalid and the last one is (Kommo, webhooks).
 */
export function noteAnswer(
  subscription: Subscription,
  isValid: boolean,
  nowMs: number,
  most = PLATFORM_MOST_INVALID,
): void {
  if (isValid) return
  const recent = subscription.invalidAnswers.filter((at) => at > nowMs - PROBATION_MS)
  recent.push(nowMs)
  subscription.invalidAnswers = recent
  if (recent.length > most) subscription.disabled = true
}
