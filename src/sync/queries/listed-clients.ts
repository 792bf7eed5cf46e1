import { dealsById } from '../../segmentation/deal-state.ts'
import type { Seconds } from '../../segmentation/facts.ts'
import { readPurchases } from '../../segmentation/purchases.ts'
import { type Segments, segmentsOf } from '../../segmentation/transitions.ts'
import type { ClientRef, RuleMatch } from '../../segmentation/verdict.ts'
import { clientKey } from '../../store/client-key.ts'
import type { ClientRows } from '../../store/client-rows.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { clientFacts, countsAsClient } from '../client-facts.ts'
import { decideSettled } from '../decide-settled.ts'

/** One line of a list. Instants in seconds. */
export interface ListedClient {
  readonly client: ClientRef
  /** Empty: not known yet. */
  readonly name: string
  /** Null: not a client any more. */
  readonly segments: Segments | null
  /** The rules that hold, for him or for a deal. */
  readonly matches: readonly Pick<RuleMatch, 'ruleId' | 'dealId'>[]
  readonly ltv: number
  readonly purchases: number
  readonly lastPurchaseAt: Seconds | null
  readonly nextChangeAt: Seconds | null
  readonly responsibleUserId: number | null
}

/** The clients as the mirror knows them this moment; those that are gone are left out. */
export const listedClients = async (
  context: AccountContext,
  rows: ClientRows,
  refs: readonly ClientRef[],
): Promise<readonly ListedClient[]> => {
  const now = nowSeconds(context)
  const [docs, known] = await Promise.all([context.mirror.readMany(context.id, refs), rows.names(context.id, refs)])
  const names = new Map(refs.map((ref, index) => [clientKey(ref), known[index] ?? '']))
  return docs.flatMap((doc): ListedClient[] => {
    if (doc.card === null) return []
    const { ref: client, card } = doc
    const isClient = countsAsClient(context, doc)
    const verdict = isClient ? decideSettled(clientFacts({ ...doc, card }), context.compiled, now) : null
    const { occasions, ltv } = readPurchases(dealsById(doc.deals), context.compiled)
    return [
      {
        client,
        name: names.get(clientKey(client)) ?? '',
        segments: verdict && segmentsOf(verdict),
        matches: verdict?.rules ?? [],
        ltv,
        purchases: occasions.length,
        lastPurchaseAt: occasions.at(-1)?.at ?? null,
        nextChangeAt: verdict?.nextChangeAt ?? null,
        responsibleUserId: card.responsibleUserId,
      },
    ]
  })
}
