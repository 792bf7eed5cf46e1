import type { Verdict } from '../../src/segmentation/verdict.ts'
import { naiveHolds } from './naive-condition.ts'
import { type NaiveDimensions, type NaiveView, naiveDimensions } from './naive-dimensions.ts'
import { type NaiveCase, naiveOccasions } from './naive-purchases.ts'

/** All answers about a client at one instant, reasons aside. */
export interface NaiveVerdict extends NaiveDimensions {
  /** `rule` or `rule/deal`, in the order of the verdict. */
  readonly rules: readonly string[]
}

const rulesThatHold = (view: NaiveView, dimensions: NaiveDimensions): string[] =>
  view.policy.rules.flatMap(({ id, target, when, enabled }) => {
    const asked = !enabled ? [] : target === 'client' ? [null] : view.client.deals
    const holding = asked.filter((deal) => naiveHolds(when, target, { view, dimensions, deal }))
    return holding.map((deal) => (deal === null ? id : `${id}/${deal.id}`))
  })

/** Whether two answers say the same. */
export const sameAnswers = (one: NaiveVerdict, other: NaiveVerdict): boolean =>
  one.lifecycle === other.lifecycle &&
  one.temperature === other.temperature &&
  one.standing === other.standing &&
  one.tier === other.tier &&
  one.ltv === other.ltv &&
  one.rfm?.recency === other.rfm?.recency &&
  one.rfm?.frequency === other.rfm?.frequency &&
  one.rfm?.monetary === other.rfm?.monetary &&
  one.rules.join() === other.rules.join()

const sorted = ({ account, policy, client }: NaiveCase): NaiveCase => ({
  account,
  policy: { ...policy, rules: policy.rules.toSorted((one, other) => (one.id < other.id ? -1 : 1)) },
  client: { ...client, deals: client.deals.toSorted((one, other) => one.id - other.id) },
})

/** The definitions, read at one instant at a time: it knows of no moment before or after the one it is asked about. */
export const naiveDecide = (unsorted: NaiveCase): ((at: number) => NaiveVerdict) => {
  const around = sorted(unsorted)
  const occasions = naiveOccasions(around)
  return (at) => {
    const view = { ...around, occasions, at }
    const dimensions = naiveDimensions(view)
    return { ...dimensions, rules: rulesThatHold(view, dimensions) }
  }
}

/** The same answers out of a verdict of the program. */
export const answersOf = ({ lifecycle, temperature, standing, value, rules }: Verdict): NaiveVerdict => ({
  lifecycle: lifecycle.segment,
  temperature: temperature.segment,
  standing: standing?.segment ?? null,
  tier: value.tier,
  ltv: value.ltv,
  averageCheck: value.averageCheck,
  rfm: value.rfm,
  rules: rules.map(({ ruleId, dealId }) => (dealId === null ? ruleId : `${ruleId}/${dealId}`)),
})
