import type { ClientFacts } from '../segmentation/facts.ts'
import { isClient } from '../segmentation/owner.ts'
import type { CardFacts, ClientDoc } from '../store/client-doc.ts'
import type { AccountContext } from './account-context.ts'

/** The core's view of a mirrored client. */
export function clientFacts(doc: ClientDoc & { readonly card: CardFacts }): ClientFacts {
  const { card } = doc
  return {
    kind: doc.ref.kind,
    id: doc.ref.id,
    createdAt: card.createdAt,
    responsibleUserId: card.responsibleUserId,
    tags: card.tags,
    fields: card.fields,
    hasPhone: card.hasPhone,
    hasEmail: card.hasEmail,
    incomingAt: doc.incomingAt,
    deals: doc.deals,
    locks: doc.locks,
  }
}

/** Whether the entity is a client under the account's policy; if not, nothing of ours should stand on it. */
export function countsAsClient(context: Pick<AccountContext, 'policy'>, doc: ClientDoc): boolean {
  const companyId = doc.card?.companyId ?? null
  return isClient({ ref: doc.ref, companyId, ownsDeals: doc.deals.length > 0 }, context.policy.clientEntity)
}
