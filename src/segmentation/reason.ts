import type { Seconds } from './facts.ts'

/**
 * Why an answer is what it is, as data: the rule that decided, the facts it used, what was ignored and why.
 * Rendered for people in `render/`.
 */
export interface Reason {
  /** Names the branch that decided, e.g. `lifecycle.sleeping.fixed`. */
  readonly code: string
  readonly facts: ReasonFacts
  readonly ignored: readonly IgnoredDeal[]
}

export type ReasonFacts = Readonly<
  Record<string, string | number | boolean | null | readonly number[] | readonly string[]>
>

/** A deal that did not count, and why. */
export interface IgnoredDeal {
  readonly dealId: number
  readonly why: 'status_not_purchase' | 'price_below_minimum' | 'pipeline_not_counted' | 'in_future'
  readonly at?: Seconds
}
