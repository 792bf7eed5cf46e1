import type { Priority } from '../amocrm/amo-api.ts'
import { cardDeal, desiredState, isFrozen } from '../segmentation/desired.ts'
import type { ClientFacts } from '../segmentation/facts.ts'
import type { Desired, Verdict } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import type { AccountContext } from './account-context.ts'
import { clientFacts } from './client-facts.ts'
import { lookAtCard, readDeals } from './look.ts'

/** For so long a card that was just made needs no second maker: by then it was read, by its hook or by a look, s. */
const MAKING_S = 600

type WantedCard = NonNullable<Desired['card']>

/** The card the policy wants and the client has not; null when nothing is missing. */
export function missingCard(context: AccountContext, client: ClientFacts, verdict: Verdict | null): WantedCard | null {
  if (!verdict || isFrozen(client, context.compiled)) return null
  const { card } = desiredState(client, verdict, context.compiled)
  return card?.create && !cardDeal(client, context.compiled) ? card : null
}

/**
 * Makes the client's card in the client-base pipeline, once: amoCRM can't undo a creation, so one maker at a time, and
 * a look at the client's deals before it. Answers whether the client's facts may have changed.
 */
export async function ensureCard(
  context: AccountContext,
  doc: ClientDoc,
  card: WantedCard,
  priority: Priority,
): Promise<boolean> {
  const { ref } = doc
  if (!(await context.notes.claim(`making-card:${ref.kind}:${ref.id}`, MAKING_S))) return false
  await lookAtCard(context, ref, priority)
  const fresh = await context.mirror.read(context.id, ref)
  if (!fresh?.card || cardDeal(clientFacts({ ...fresh, card: fresh.card }), context.compiled)) return true
  const id = await context.api.createLead(
    {
      name: context.policy.language === 'ru' ? 'Карточка клиента' : 'Client card',
      pipelineId: card.pipelineId,
      statusId: card.statusId,
      responsibleUserId: fresh.card.responsibleUserId,
      contactId: ref.kind === 'contact' ? ref.id : null,
      companyId: ref.kind === 'company' ? ref.id : null,
      tags: [],
    },
    priority,
  )
  await readDeals(context, [id], priority, [ref])
  return true
}
