import { compilePolicy } from '../../segmentation/compile-policy.ts'
import { dealsById } from '../../segmentation/deal-state.ts'
import type { DealFacts, Seconds } from '../../segmentation/facts.ts'
import type { Policy } from '../../segmentation/policy.ts'
import { money, type PurchaseDate, purchaseDate, purchaseInstant, readPurchases } from '../../segmentation/purchases.ts'
import type { IgnoredDeal } from '../../segmentation/reason.ts'
import { renderIgnored } from '../../segmentation/render/render-answer.ts'
import { voiceOf } from '../../segmentation/render/voice.ts'
import type { ClientRef } from '../../segmentation/verdict.ts'
import type { ClientDoc } from '../../store/client-doc.ts'
import { everyClient } from '../../store/every-client.ts'
import type { AccountContext } from '../account-context.ts'
import { isReadingNeeded } from '../reading-needed.ts'
import type { Told } from './client-view.ts'
import { Newest } from './newest.ts'

/** Deals shown of each kind. */
const SHOWN = 20

/** A deal as it is shown beside the definition of a purchase. */
export interface SampledDeal {
  readonly dealId: number
  readonly client: ClientRef
  readonly pipelineId: number
  readonly statusId: number
  readonly price: number | null
  /** Of a purchase its instant, else when the deal was made. */
  readonly at: Seconds
}

interface CountedSample extends SampledDeal {
  readonly datedBy: PurchaseDate
}

interface IgnoredSample extends SampledDeal {
  readonly why: IgnoredDeal['why']
}

export interface PurchaseSample {
  readonly counted: {
    readonly deals: number
    readonly sum: number
    /** The newest purchases, and what dates each. */
    readonly newest: readonly CountedSample[]
  }
  readonly ignored: {
    readonly deals: number
    readonly byReason: Readonly<Record<string, number>>
    /** The newest deals that are no purchase, and why. */
    readonly newest: readonly (IgnoredSample & { readonly reason: Told })[]
  }
  /** The mirror lacks a field that dates purchases: those it would date are shown without it. */
  readonly needsReading: boolean
}

/** Which deals of the base a definition counts as purchases and which not, from the mirror alone. */
export const purchaseSample = async (context: AccountContext, policy: Policy): Promise<PurchaseSample> => {
  const compiled = compilePolicy(policy, context.compiled.account)
  const counted = new Newest<CountedSample>(SHOWN)
  const ignored = new Newest<IgnoredSample>(SHOWN)
  const byReason: Record<string, number> = {}
  let [deals, sum, others] = [0, 0, 0]
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) {
      const reasons = new Map(readPurchases(dealsById(doc.deals), compiled).ignored.map((one) => [one.dealId, one.why]))
      for (const deal of doc.deals) {
        const why = reasons.get(deal.id)
        if (why === undefined) {
          deals += 1
          sum += deal.price ?? 0
          const { dateField } = compiled.purchase
          const at = purchaseInstant(deal, dateField)
          counted.add({ ...sampled(doc, deal), at, datedBy: purchaseDate(deal, dateField) })
        } else {
          others += 1
          byReason[why] = (byReason[why] ?? 0) + 1
          ignored.add({ ...sampled(doc, deal), why })
        }
      }
    }
  }
  const [ru, en] = [voiceOf(compiled, 'ru'), voiceOf(compiled, 'en')]
  const reasonOf = (deal: IgnoredDeal) => ({
    ru: renderIgnored([deal], ru).join(),
    en: renderIgnored([deal], en).join(),
  })
  return {
    counted: { deals, sum: money(sum), newest: counted.list() },
    ignored: { deals: others, byReason, newest: ignored.list().map((deal) => ({ ...deal, reason: reasonOf(deal) })) },
    needsReading: isReadingNeeded(context.compiled, compiled),
  }
}

const sampled = ({ ref }: ClientDoc, deal: DealFacts): SampledDeal => ({
  dealId: deal.id,
  client: ref,
  pipelineId: deal.pipelineId,
  statusId: deal.statusId,
  price: deal.price,
  at: deal.createdAt,
})
