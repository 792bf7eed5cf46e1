import type { Seconds } from './facts.ts'

/**
 * Why an answer is what it is, as data: the branch that decided, the facts it used, what was ignored and why.
 * It holds no present instant, so it stays the same as long as the answer does. Rendered for people in `render/`.
 */
export interface Reason<Code extends string = string, Facts extends ReasonFacts = ReasonFacts> {
  /** Names the branch that decided, e.g. `lifecycle.sleeping`. */
  readonly code: Code
  readonly facts: Facts
  /** Deals that did not count, by rising id. */
  readonly ignored: readonly IgnoredDeal[]
}

export type ReasonFacts = Readonly<
  Record<string, string | number | boolean | null | readonly number[] | readonly string[]>
>

/** A deal that did not count, and why. */
export interface IgnoredDeal {
  readonly dealId: number
  readonly why: 'status_not_purchase' | 'price_below_minimum' | 'pipeline_not_counted' | 'first_stage' | 'junk_reason'
}

type NoFacts = Readonly<Record<string, never>>

/** Where a client's sleeping threshold comes from. */
export type ThresholdSource = 'fixed' | 'own_rhythm' | 'account_rhythm' | 'too_few_gaps'

/** The client's purchases as far as the lifecycle looks at them. Sums are in the account's currency. */
export type BuyingFacts = {
  readonly purchases: number
  readonly lastAt: Seconds
  readonly lastAmount: number
  readonly lastDealIds: readonly number[]
  /** First instant at which the client sleeps, if he does not buy. */
  readonly sleepsAt: Seconds
  readonly thresholdSeconds: number
  readonly thresholdFrom: ThresholdSource
  /** Median gap between the client's own occasions; null where the threshold does not come from it. */
  readonly medianGapSeconds: number | null
}

export type LifecycleReason =
  | Reason<'lifecycle.never_bought', NoFacts>
  | Reason<'lifecycle.first_purchase', BuyingFacts & { readonly newForDays: number }>
  | Reason<'lifecycle.sleeping' | 'lifecycle.periodic' | 'lifecycle.one_time', BuyingFacts>
  | Reason<
      'lifecycle.regular',
      BuyingFacts & {
        readonly minPurchases: number
        readonly windowDays: number
        /** First instant at which too few occasions are left within the window. */
        readonly regularUntil: Seconds
      }
    >

export type TemperatureReason =
  | Reason<'temperature.buys' | 'temperature.bought_but_sleeps', BuyingFacts>
  | Reason<
      'temperature.deal_moved',
      { readonly dealId: number; readonly pipelineId: number; readonly statusId: number }
    >
  | Reason<'temperature.incoming', { readonly incomingAt: Seconds }>
  | Reason<'temperature.no_interest', { readonly deals: number }>

export type StandingReason =
  | Reason<'standing.open_deal', { readonly dealIds: readonly number[] }>
  | Reason<'standing.junk_reason', { readonly dealId: number; readonly lossReasonId: number; readonly lostAt: Seconds }>
  | Reason<'standing.unreachable', NoFacts>
  | Reason<
      'standing.lost_deal',
      { readonly dealId: number; readonly lossReasonId: number | null; readonly lostAt: Seconds }
    >

export type ValueReason = Reason<
  'value.purchases',
  {
    readonly purchases: number
    readonly ltv: number
    readonly averageCheck: number | null
    /** Days that count for the tier; null: all time. */
    readonly windowDays: number | null
    /** Sum of the purchases that count for the tier. */
    readonly windowSum: number
    /** Sum from which the reached tier begins; null: no tier reached. */
    readonly tierFrom: number | null
  }
>

/** A person set the answer by hand. */
export type LockReason = Reason<
  'lock',
  {
    readonly author: string
    readonly until: Seconds | null
    /** What the rules alone would answer; null: nothing. */
    readonly computed: string | null
  }
>
