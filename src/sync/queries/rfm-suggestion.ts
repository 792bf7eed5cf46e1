import { dealsById } from '../../segmentation/deal-state.ts'
import type { RfmBounds } from '../../segmentation/policy/value-settings.ts'
import { readPurchases } from '../../segmentation/purchases.ts'
import { type Buyer, suggestRfm } from '../../segmentation/suggest-rfm.ts'
import { everyClient } from '../../store/every-client.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'

export interface RfmSuggestion {
  readonly buyers: number
  /** Bounds that cut them into fifths; null: too few buyers. */
  readonly bounds: RfmBounds | null
}

/** Bounds of the RFM scores that fit the account's buyers under the policy in force, from the mirror alone. */
export const rfmSuggestion = async (context: AccountContext): Promise<RfmSuggestion> => {
  const buyers: Buyer[] = []
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const { deals } of docs) {
      const { occasions, ltv } = readPurchases(dealsById(deals), context.compiled)
      const lastAt = occasions.at(-1)?.at
      if (lastAt !== undefined) buyers.push({ lastAt, purchases: occasions.length, ltv })
    }
  }
  return { buyers: buyers.length, bounds: suggestRfm(buyers, nowSeconds(context)) }
}
