import { dealsById } from '../../segmentation/deal-state.ts'
import type { Seconds } from '../../segmentation/facts.ts'
import { readPurchases } from '../../segmentation/purchases.ts'
import { type Segments, segmentsOf } from '../../segmentation/transitions.ts'
import { type ClientRef, LIFECYCLE_SEGMENTS, type RuleMatch } from '../../segmentation/verdict.ts'
import type { Scored } from '../../store/client-lists.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { clientFacts, countsAsClient } from '../client-facts.ts'
import { decideSettled } from '../decide-settled.ts'
import type { Office } from './office.ts'

export const LIST_SORTS = ['id', 'next_change', 'ltv', 'last_purchase'] as const
export type ListSort = (typeof LIST_SORTS)[number]

/** Score of a client who never changes by himself: behind every instant. */
const NEVER = Number.MAX_SAFE_INTEGER

/** Orders that look into each client's document are not for more of them than this. */
const MOST_READ = 50_000

export interface ListQuery {
  /** Null: every client. */
  readonly members: { readonly dimension: string; readonly segment: string } | null
  readonly sort: ListSort
  /** Only clients of this user; null: of all. */
  readonly responsibleUserId: number | null
}

export type ListMaking =
  | { readonly type: 'made'; readonly name: string }
  /** Too many clients for this order or filter. */
  | { readonly type: 'too_many'; readonly clients: number; readonly most: number }

/** One line of a list. Instants in seconds. */
export interface ListedClient {
  readonly client: ClientRef
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

/** Puts the clients of a segment in an order and keeps them so for a while. */
export const makeClientList = async (
  context: AccountContext,
  { lists }: Pick<Office, 'lists'>,
  query: ListQuery,
): Promise<ListMaking> => {
  const { id, mirror } = context
  const sources = query.members
    ? [query.members]
    : LIFECYCLE_SEGMENTS.map((segment) => ({ dimension: 'lifecycle', segment }))
  if (query.responsibleUserId !== null || query.sort === 'ltv' || query.sort === 'last_purchase') {
    const counts = sources.map(({ dimension, segment }) => mirror.count(id, dimension, segment))
    const clients = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    if (clients > MOST_READ) return { type: 'too_many', clients, most: MOST_READ }
  }
  const score = scorer(context, lists, query)
  const handfuls = async function* (): AsyncGenerator<Scored[]> {
    for (const { dimension, segment } of sources) {
      for await (const refs of lists.members(id, dimension, segment)) yield score(refs)
    }
  }
  return { type: 'made', name: await lists.make(id, JSON.stringify(query), handfuls()) }
}

/** The clients as the mirror knows them this moment; those that are gone are left out. */
export const listedClients = async (
  context: AccountContext,
  refs: readonly ClientRef[],
): Promise<readonly ListedClient[]> => {
  const now = nowSeconds(context)
  const docs = await Promise.all(refs.map((ref) => context.mirror.read(context.id, ref)))
  return docs.flatMap((doc): ListedClient[] => {
    if (doc?.card == null) return []
    const { ref: client, card } = doc
    const isClient = countsAsClient(context, doc)
    const verdict = isClient ? decideSettled(clientFacts({ ...doc, card }), context.compiled, now) : null
    const { occasions, ltv } = readPurchases(dealsById(doc.deals), context.compiled)
    return [
      {
        ...{
          client,
          segments: verdict && segmentsOf(verdict),
          matches: verdict?.rules ?? [],
          ltv,
          purchases: occasions.length,
        },
        ...{ lastPurchaseAt: occasions.at(-1)?.at ?? null, nextChangeAt: verdict?.nextChangeAt ?? null },
        responsibleUserId: card.responsibleUserId,
      },
    ]
  })
}

type Score = (refs: readonly ClientRef[]) => Promise<Scored[]>

const scorer = (context: AccountContext, lists: Office['lists'], { sort, responsibleUserId }: ListQuery): Score => {
  if (responsibleUserId === null && sort === 'id')
    return async (refs) => refs.map((client) => ({ client, score: client.id }))
  if (responsibleUserId === null && sort === 'next_change') {
    return async (refs) => {
      const due = await lists.dueAt(context.id, refs)
      return refs.map((client, index) => ({ client, score: due[index] ?? NEVER }))
    }
  }
  return async (refs) => {
    const docs = await Promise.all(refs.map((ref) => context.mirror.read(context.id, ref)))
    return docs.flatMap((doc): Scored[] => {
      if (doc === null || (responsibleUserId !== null && doc.card?.responsibleUserId !== responsibleUserId)) return []
      const { ref: client, dueAt } = doc
      if (sort === 'id') return [{ client, score: client.id }]
      if (sort === 'next_change') return [{ client, score: dueAt ?? NEVER }]
      const { ltv, occasions } = readPurchases(dealsById(doc.deals), context.compiled)
      return [{ client, score: sort === 'ltv' ? ltv : (occasions.at(-1)?.at ?? 0) }]
    })
  }
}
