import type { DealFacts } from '../../segmentation/facts.ts'
import type { ClientRef } from '../../segmentation/verdict.ts'
import type { ClientDoc } from '../../store/client-doc.ts'
import { clientKey } from '../../store/client-key.ts'
import type { ClientRows } from '../../store/client-rows.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { clientFacts, countsAsClient } from '../client-facts.ts'
import { decideSettled } from '../decide-settled.ts'

/** A client, or one of his deals, for whom a rule holds. */
export interface FoundMatch {
  readonly client: ClientRef
  /** Of the client; empty: not known yet. */
  readonly name: string
  /** Null: it holds for the client himself. */
  readonly deal: DealFacts | null
}

/** What of these clients a rule holds for at this moment. */
export const ruleMatches = async (
  context: AccountContext,
  rows: ClientRows,
  ruleId: string,
  refs: readonly ClientRef[],
): Promise<readonly FoundMatch[]> => {
  const [docs, known] = await Promise.all([context.mirror.readMany(context.id, refs), rows.names(context.id, refs)])
  const names = new Map(refs.map((ref, index) => [clientKey(ref), known[index] ?? '']))
  return docs.flatMap((doc) =>
    heldBy(context, doc, ruleId).map((deal) => ({
      client: doc.ref,
      name: names.get(clientKey(doc.ref)) ?? '',
      deal,
    })),
  )
}

const heldBy = (context: AccountContext, doc: ClientDoc, ruleId: string): readonly (DealFacts | null)[] => {
  if (doc.card === null || !countsAsClient(context, doc)) return []
  const { rules } = decideSettled(clientFacts({ ...doc, card: doc.card }), context.compiled, nowSeconds(context))
  return rules.flatMap(({ ruleId: held, dealId }) => {
    if (held !== ruleId) return []
    if (dealId === null) return [null]
    const deal = doc.deals.find(({ id }) => id === dealId)
    return deal === undefined ? [] : [deal]
  })
}
