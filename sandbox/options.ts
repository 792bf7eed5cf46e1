import type { Faults } from './faults.ts'
import type { AccountProfile, Doubts } from './world/account-profile.ts'

export interface AccountOptions extends Partial<AccountProfile> {
  /** How many clients to generate; default 0. */
  readonly clients?: number
  /** Exact number of generated deals; default: about three a client. */
  readonly deals?: number
  readonly seed?: number
  readonly doubts?: Partial<Doubts>
}

export interface SandboxOptions {
  /** Generated clients of the only account; with `accounts`, the default of each. */
  readonly clients?: number
  readonly deals?: number
  readonly seed?: number
  /** Clock of the accounts' worlds and of tokens, in milliseconds since the epoch. */
  readonly now?: () => number
  /** Clock of the rate limit and of the statistics, in milliseconds; default: the machine's monotonic one. */
  readonly limiterClock?: () => number
  /** Time every API answer takes on top; default 0. */
  readonly latencyMs?: number
  /** Rate limit of one account and integration in any sliding second; default 7. */
  readonly requestsPerSecond?: number
  /** This many refusals (429) within a minute block an account with 403 pages; default null, never. */
  readonly blockAfter?: number | null
  readonly host?: string
  /** Default 0: any free one. */
  readonly port?: number
  /** The accounts of this platform, or how many; default 1. */
  readonly accounts?: number | readonly AccountOptions[]
  readonly clientId?: string
  readonly clientSecret?: string
  /** Life of an access token; default 24 hours. */
  readonly accessTokenMs?: number
  /** The product's redirect address; may be set later, see `Sandbox.integration`. */
  readonly redirectUri?: string
  readonly hookTimeoutMs?: number
  /** Milliseconds between the tries of a hook; default: 5, 15, 15 and 60 minutes. */
  readonly retrySchedule?: readonly number[]
  /** Invalid answers of two hours that a subscription outlives; default 100. */
  readonly mostInvalidAnswers?: number
  /** Hooks on their way at once; default 20. */
  readonly hookConcurrency?: number
  readonly doubts?: Partial<Doubts>
  readonly faults?: Partial<Faults>
}

const MINUTE_MS = 60_000

/** The platform's pauses between the five tries of a hook. */
export const PLATFORM_RETRIES: readonly number[] = [5 * MINUTE_MS, 15 * MINUTE_MS, 15 * MINUTE_MS, 60 * MINUTE_MS]
export const PLATFORM_HOOK_TIMEOUT_MS = 2000
export const PLATFORM_REQUESTS_PER_SECOND = 7
