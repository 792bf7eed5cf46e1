import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import { dealsById } from '../segmentation/deal-state.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import { readPurchases } from '../segmentation/purchases.ts'
import type { Verdict } from '../segmentation/verdict.ts'
import type { ClientFigures } from '../store/client-doc.ts'

/** What lists and figures over the whole base look at, of a client who was just decided. */
export function figuresOf(facts: ClientFacts, verdict: Verdict, policy: CompiledPolicy): ClientFigures {
  const { occasions, ltv } = readPurchases(dealsById(facts.deals), policy)
  return {
    ltv,
    purchases: occasions.length,
    lastPurchaseAt: occasions.at(-1)?.at ?? null,
    sleepsAt: sleepsAt(verdict),
    nextChangeAt: verdict.nextChangeAt,
    responsibleUserId: facts.responsibleUserId,
  }
}

function sleepsAt({ lifecycle: { segment, reason } }: Verdict): number | null {
  return segment !== 'sleeping' && 'sleepsAt' in reason.facts ? reason.facts.sleepsAt : null
}
