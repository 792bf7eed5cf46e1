import type { PageQuery } from '../amocrm/amo-api.ts'
import type { Company, Contact } from '../amocrm/entities.ts'
import type { ClientKind } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from '../store/client-key.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import { foldCard } from './fold-card.ts'
import { dropDeals, foldDeals } from './fold-deals.ts'
import { doubtfulDeals, readDeals } from './look.ts'
import { noteSegmentDay } from './segment-day.ts'
import { sweepCardEvents } from './sweep-card-events.ts'
import { sweepCommunications } from './sweep-communications.ts'
import { readWatermark, setWatermark } from './sweep-watermark.ts'
import { walkPages } from './walk-pages.ts'

/** Seconds read twice at the seam of two sweeps: clocks differ, and changes are stamped before they can be read. */
const OVERLAP_S = 60

/**
 * Reads what changed since the last sweep, by amoCRM's `updated_at`: the bound on how late anything can be whose
 * hook was lost. Answers the clients that have to be decided again.
 */
export async function sweep(context: AccountContext, signal: AbortSignal): Promise<ClientRef[]> {
  await noteSegmentDay(context)
  const mark = await readWatermark(context)
  const startedAt = nowSeconds(context)
  if (mark === null) {
    await setWatermark(context, startedAt)
    return []
  }
  const changed = new Map<string, ClientRef>()
  const add = (refs: readonly ClientRef[]) => {
    for (const ref of refs) changed.set(clientKey(ref), ref)
  }
  // By id: in a list by `updated_at` whatever changes meanwhile moves to the end, and its neighbour to a page already read.
  // So does a deletion, much less often: whom it hides is found by the backfill of the week.
  const since = { updatedFrom: mark - OVERLAP_S, order: 'id' } as const satisfies Partial<PageQuery>

  add(await readLoose(context))
  const isWhole =
    (await walkPages({
      from: 1,
      signal,
      fetch: (page) => context.api.leads({ page, ...since }, 'backfill'),
      onPage: async (leads) => add(await foldDeals(context, leads, { mark: true })),
    })) &&
    (await walkPages({
      from: 1,
      signal,
      fetch: (page) => context.api.leads({ page, ...since, deleted: true }, 'backfill'),
      onPage: async (leads) => {
        const readAt = Math.max(...leads.map((lead) => lead.readAt))
        add(
          await dropDeals(
            context,
            leads.map((lead) => lead.id),
            readAt,
          ),
        )
      },
    })) &&
    (await sweepCards(context, 'contact', since, signal, add)) &&
    (await sweepCards(context, 'company', since, signal, add))
  const whereabouts = isWhole ? await sweepCardEvents(context, since.updatedFrom, signal) : null
  add(whereabouts ?? [])
  // Last, when it is known whose the deals are.
  const writers = whereabouts ? await sweepCommunications(context, since.updatedFrom, signal) : null
  add(writers ?? [])

  if (writers) await setWatermark(context, startedAt)
  return [...changed.values()]
}

/** Deals that a crash left without owner between two clients. */
async function readLoose(context: AccountContext): Promise<ClientRef[]> {
  const loose = await context.mirror.loose(context.id)
  if (loose.length === 0) return []
  const changed = await readDeals(context, loose, 'backfill')
  await context.mirror.settleLoose(context.id, loose)
  return changed
}

function sweepCards(
  context: AccountContext,
  kind: ClientKind,
  since: Partial<PageQuery>,
  signal: AbortSignal,
  add: (refs: readonly ClientRef[]) => void,
): Promise<boolean> {
  return walkPages<Contact | Company>({
    from: 1,
    signal,
    fetch: (page) =>
      kind === 'contact'
        ? context.api.contacts({ page, ...since }, 'backfill')
        : context.api.companies({ page, ...since }, 'backfill'),
    onPage: async (cards) => {
      await Promise.all(
        cards.map(async (card) => {
          const ref = { kind, id: card.id }
          if (await foldCard(context, ref, card, { mark: true })) add([ref])
          // A merge gives deals to another contact without touching the deals themselves.
          const doubtful = await doubtfulDeals(context, ref, card.leadIds)
          if (doubtful.length > 0) add(await readDeals(context, doubtful, 'backfill', [ref]))
        }),
      )
    },
  })
}
