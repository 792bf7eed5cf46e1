import { AmoError } from '../amocrm/amo-error.ts'
import { decide } from '../segmentation/decide.ts'
import { cardDeal, desiredState, isFrozen } from '../segmentation/desired.ts'
import type { ClientFacts, DealFacts, Seconds } from '../segmentation/facts.ts'
import type { ClientRef, Desired, Verdict } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { clientKey } from '../store/client-key.ts'
import type { AccountContext } from './account-context.ts'
import { clientFacts } from './client-facts.ts'
import { lookAtCard, readDeals } from './look.ts'
import type { ReconcileOptions } from './reconcile.ts'

/** For so long a card that was just made needs no second maker: by then it was read, by its hook or by a look, s. */
const MAKING_S = 600

/** Where the card is to stand, and its tags. */
export type WantedCard = NonNullable<Desired['card']> & { readonly tags: readonly string[] }

type Options = Pick<ReconcileOptions, 'priority' | 'run'>

/** The card the policy wants and the client has not; null when nothing is missing. */
export function missingCard(context: AccountContext, client: ClientFacts, verdict: Verdict | null): WantedCard | null {
  return withMissingCard(context, client, verdict)?.card ?? null
}

export interface CardAdded {
  readonly card: WantedCard
  /** The client as he stands, and is answered, once he has it. */
  readonly client: ClientFacts
  readonly verdict: Verdict
}

/** What making the missing card comes to: it is a deal like any other, so the answers may change by it. */
export function withMissingCard(
  { compiled }: Pick<AccountContext, 'compiled'>,
  client: ClientFacts,
  verdict: Verdict | null,
): CardAdded | null {
  if (!verdict || isFrozen(client, compiled)) return null
  const { card } = desiredState(client, verdict, compiled)
  if (!card?.create || cardDeal(client, compiled)) return null
  const bare = madeUpCard(client, card, verdict.at)
  const withBare = { ...client, deals: [...client.deals, bare] }
  const next = decide(withBare, compiled, verdict.at)
  const { dealTags, tagsByDeal } = desiredState(withBare, next, compiled)
  const tags = [...new Set([...dealTags, ...(tagsByDeal[bare.id] ?? [])])]
  return {
    card: { ...card, tags },
    client: { ...client, deals: [...client.deals, { ...bare, tags }] },
    verdict: next,
  }
}

/** The card as amoCRM will make it; no real deal has this id. */
function madeUpCard(
  { responsibleUserId }: ClientFacts,
  { pipelineId, statusId }: NonNullable<Desired['card']>,
  now: Seconds,
): DealFacts {
  return {
    ...{ id: 0, pipelineId, statusId, price: 0, responsibleUserId, tags: [], fields: {} },
    ...{ createdAt: now, updatedAt: now, closedAt: null, statusSince: now, lossReasonId: null },
  }
}

/**
 * - `changed`: the client's facts may have changed, decide again.
 * - `refused`: amoCRM does not take such a card; the rest of the client is to be made right all the same.
 * - `later`: somebody is making it, or crashed over it; look again in so many seconds.
 */
export type CardMaking =
  | { readonly type: 'changed' }
  | { readonly type: 'refused' }
  | { readonly type: 'later'; readonly seconds: number }

/**
 * Makes the client's card in the client-base pipeline, once: amoCRM can't undo a creation, so one maker at a time, and
 * a look at the client's deals before it.
 */
export async function ensureCard(
  context: AccountContext,
  { ref }: ClientDoc,
  card: WantedCard,
  options: Options,
): Promise<CardMaking> {
  const claim = `making-card:${ref.kind}:${ref.id}`
  if (!(await context.notes.claim(claim, MAKING_S))) return { type: 'later', seconds: MAKING_S }
  try {
    await makeCard(context, ref, card, options)
    return { type: 'changed' }
  } catch (error) {
    if (error instanceof AmoError && (error.code === 'refused' || error.code === 'forbidden')) {
      context.log.error({ err: error, client: clientKey(ref), ...card }, "amoCRM refused a client's card")
      return { type: 'refused' }
    }
    await context.notes.release(claim)
    throw error
  }
}

async function makeCard(
  context: AccountContext,
  ref: ClientRef,
  card: WantedCard,
  { priority, run }: Options,
): Promise<void> {
  await lookAtCard(context, ref, priority)
  const fresh = await context.mirror.read(context.id, ref)
  if (!fresh?.card || cardDeal(clientFacts({ ...fresh, card: fresh.card }), context.compiled)) return
  const id = await context.api.createLead(
    {
      name: context.policy.language === 'ru' ? 'Карточка клиента' : 'Client card',
      pipelineId: card.pipelineId,
      statusId: card.statusId,
      responsibleUserId: fresh.card.responsibleUserId,
      contactId: ref.kind === 'contact' ? ref.id : null,
      companyId: ref.kind === 'company' ? ref.id : null,
      tags: card.tags,
    },
    priority,
  )
  const made = { client: ref, run, type: 'card', actionId: null, made: `card ${id}` } as const
  await context.journal.recordMade(context.id, made)
  await readDeals(context, [id], priority, [ref])
}
