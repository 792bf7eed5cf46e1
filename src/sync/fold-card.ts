import type { Company, Contact } from '../amocrm/entities.ts'
import { isClient } from '../segmentation/owner.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { type CardFacts, type ClientDoc, emptyClient } from '../store/client-doc.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { isOutrun, tagsOf } from './outrun.ts'
import { sameFacts } from './same-facts.ts'

export interface FoldCardOptions {
  /** Whether a changed client is marked due at once. The backfill does not: it decides every client anyway. */
  readonly mark: boolean
  /** The reading was under way while we wrote, and its tags are not those we wrote; see `isOutrun`. */
  readonly onOutrun?: () => void
}

/**
 * Puts a reading of a contact or company into the mirror; answers whether its client has to be decided again: its
 * facts changed, or it never was. An entity that is no client and never was one is not kept.
 */
export async function foldCard(
  context: AccountContext,
  ref: ClientRef,
  reading: Contact | Company,
  options: FoldCardOptions,
): Promise<boolean> {
  let changed = false
  const fold = (doc: ClientDoc | null): ClientDoc | null => {
    changed = false
    const before = doc ?? emptyClient(ref)
    const known = before.card
    if (known && known.readAt > reading.readAt) return doc
    const card = toCard(reading, known)
    if (isOutrun(reading, known)) options.onOutrun?.()
    const counts = isClient(
      { ref, companyId: card.companyId, ownsDeals: before.deals.length > 0 },
      context.policy.clientEntity,
    )
    if (!counts && before.decided === null) return null
    changed = before.decided === null || !known || !sameFacts(known, card)
    return { ...before, card, dueAt: changed && options.mark ? nowSeconds(context) : before.dueAt }
  }
  await context.mirror.update(context.id, ref, fold, (_, after) =>
    after === null ? [] : [context.mirror.nameCommand(context.id, ref, reading.name)],
  )
  return changed
}

function toCard(reading: Contact | Company, known: CardFacts | null): CardFacts {
  return {
    createdAt: reading.createdAt,
    responsibleUserId: reading.responsibleUserId,
    tags: tagsOf(reading, known),
    fields: reading.fields,
    hasPhone: reading.hasPhone,
    hasEmail: reading.hasEmail,
    companyId: 'companyId' in reading ? reading.companyId : null,
    readAt: reading.readAt,
    wroteAt: known?.wroteAt ?? 0,
  }
}
