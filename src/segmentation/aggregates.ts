import { type ClientReading, readClient } from './client-reading.ts'
import type { CompiledPolicy } from './compile-policy.ts'
import { isLostDeal } from './deal-state.ts'
import type { Aggregates, ClientFacts, Seconds } from './facts.ts'
import { GapHistogram } from './gap-histogram.ts'
import type { RfmBounds } from './policy/value-settings.ts'
import type { Policy } from './policy.ts'
import { gapsBetween, sleepingRule } from './sleeping-threshold.ts'
import { type Buyer, suggestRfm } from './suggest-rfm.ts'

/** What a look over all clients of an account tells. */
export interface BaseFigures {
  readonly clients: number
  readonly deals: number
  /** Deals that count as purchases. */
  readonly purchases: number
  /** Share of the deals that count as purchases, 0 to 1; null without deals. */
  readonly purchaseShare: number | null
  /** Lost deals by loss reason, the most used first; those without a reason are under null. */
  readonly lossReasons: readonly { readonly id: number | null; readonly deals: number }[]
  /** Offered, never applied by itself. */
  readonly rfm: RfmBounds | null
}

/** Figures over all clients of an account, gathered one client after the other. */
export class BaseSurvey {
  readonly gaps = new GapHistogram()
  readonly #policy: CompiledPolicy
  readonly #buyers: Buyer[] = []
  readonly #lossReasons = new Map<number | null, number>()
  #clients = 0
  #deals = 0
  #purchases = 0

  constructor(policy: CompiledPolicy) {
    this.#policy = policy
  }

  add(client: ClientFacts): void {
    const reading = readClient(client, this.#policy)
    this.#clients += 1
    this.#deals += reading.deals.length
    this.#purchases += reading.deals.length - reading.purchases.ignored.length
    for (const gap of gapsBetween(reading.purchases.occasions)) this.gaps.add(gap)
    this.#addBuyer(reading)
    for (const deal of reading.deals) {
      if (!isLostDeal(deal)) continue
      this.#lossReasons.set(deal.lossReasonId, (this.#lossReasons.get(deal.lossReasonId) ?? 0) + 1)
    }
  }

  /** The figures that decisions need. */
  aggregates(): Aggregates {
    return aggregatesOf(this.gaps, this.#policy.policy)
  }

  /** The figures shown to the admin. */
  figures(now: Seconds): BaseFigures {
    return {
      clients: this.#clients,
      deals: this.#deals,
      purchases: this.#purchases,
      purchaseShare: this.#deals === 0 ? null : this.#purchases / this.#deals,
      lossReasons: [...this.#lossReasons]
        .map(([id, deals]) => ({ id, deals }))
        .sort((one, other) => other.deals - one.deals || (one.id ?? 0) - (other.id ?? 0)),
      rfm: suggestRfm(this.#buyers, now),
    }
  }

  #addBuyer({ buying, purchases }: ClientReading): void {
    if (buying === null) return
    const { lastAt, purchases: count } = buying.facts
    this.#buyers.push({ lastAt, purchases: count, ltv: purchases.ltv })
  }
}

export const aggregatesOf = (gaps: GapHistogram, { rhythm }: Pick<Policy, 'rhythm'>): Aggregates => ({
  gaps: { count: gaps.count, quantileSeconds: gaps.quantile(rhythm.quantile) },
})

/**
 * Whether clients must be decided again because the account's figures moved: only where the policy uses them, and the
 * threshold they give has moved by a whole day or more.
 */
export const aggregatesMoved = (policy: Policy, before: Aggregates, after: Aggregates): boolean => {
  const [was, is] = [sleepingRule(policy, before).common, sleepingRule(policy, after).common]
  return Math.abs(is.seconds - was.seconds) >= 86_400
}
