import type { ClientKind, Lock, Seconds } from './facts.ts'
import type { LifecycleReason, LockReason, Reason, StandingReason, TemperatureReason, ValueReason } from './reason.ts'

export const LIFECYCLE_SEGMENTS = ['new', 'one_time', 'periodic', 'regular', 'sleeping'] as const
export const TEMPERATURE_SEGMENTS = ['hot', 'warm', 'cold'] as const
export const STANDING_SEGMENTS = ['in_work', 'low_quality', 'refused'] as const

export type LifecycleSegment = (typeof LIFECYCLE_SEGMENTS)[number]
export type TemperatureSegment = (typeof TEMPERATURE_SEGMENTS)[number]
export type StandingSegment = (typeof STANDING_SEGMENTS)[number]

/** One dimension's answer: the segment, why, and until when it stands by itself. */
export interface Answer<Segment extends string = string, Why extends Reason = Reason> {
  readonly segment: Segment
  readonly reason: Why
  /** First instant at which this answer changes if nothing happens; null: never. */
  readonly until: Seconds | null
  /** The hand-set lock this answer comes from, if any. */
  readonly lock?: Lock
}

/** Answer of the value dimension. */
export interface ValueAnswer {
  /** Sum of all purchase occasions. */
  readonly ltv: number
  /** `ltv` per occasion; null without purchases. */
  readonly averageCheck: number | null
  /** Label of the reached tier; null: no tiers in the policy, or under the lowest. */
  readonly tier: string | null
  /** Scores 1-5; null when the policy sets no bounds or the client never bought. */
  readonly rfm: { readonly recency: number; readonly frequency: number; readonly monetary: number } | null
  readonly reason: ValueReason | LockReason
  /** First instant at which the tier or a score changes if nothing happens; null: never. */
  readonly until: Seconds | null
  /** The hand-set lock the tier comes from, if any. */
  readonly lock?: Lock
}

/** A custom rule that holds for the client or for one of its deals. Rules that do not hold are absent. */
export interface RuleMatch {
  readonly ruleId: string
  /** Null for a rule about the client; the deal's id for a rule about deals. */
  readonly dealId: number | null
  readonly reason: Reason
}

/** What the policy says of one client at one instant. */
export interface Verdict {
  readonly at: Seconds
  readonly lifecycle: Answer<LifecycleSegment, LifecycleReason | LockReason>
  readonly temperature: Answer<TemperatureSegment, TemperatureReason | LockReason>
  /** Null: the dimension has no answer for this client (he bought, or is reachable and without deals). */
  readonly standing: Answer<StandingSegment, StandingReason | LockReason> | null
  readonly value: ValueAnswer
  /** Sorted by rule id, then deal id. */
  readonly rules: readonly RuleMatch[]
  /** First instant after `at` at which any dimension or rule answers differently if nothing happens; null: never. */
  readonly nextChangeAt: Seconds | null
}

/** What should stand in amoCRM for a verdict: the target of the plan. Names are exact tag names. */
export interface Desired {
  readonly clientTags: readonly string[]
  /** Tags of every open deal of the client (those of the dimensions), before the deal's own rule tags. */
  readonly dealTags: readonly string[]
  /** Extra tags by deal id, from rules about deals. */
  readonly tagsByDeal: Readonly<Record<number, readonly string[]>>
  /**
   * Select fields of the client by field id: the option that should be chosen, by its text; null: none. Where two
   * dimensions name one field, the later one of lifecycle, temperature, standing, value has it.
   */
  readonly fields: Readonly<Record<number, string | null>>
  /** Where the client's card stands in the client-base pipeline; null when the policy names none. */
  readonly card: { readonly pipelineId: number; readonly statusId: number; readonly create: boolean } | null
}

/** Identity of a client inside an account. */
export interface ClientRef {
  readonly kind: ClientKind
  readonly id: number
}
