import type { ClientRef } from '../../segmentation/verdict.ts'
import { clientKey } from '../../store/client-key.ts'
import type { ClientRow } from '../../store/client-rows.ts'
import type { AccountContext } from '../account-context.ts'
import type { Office } from './office.ts'
import { holdsWords, wordsOf } from './searchable.ts'

export const LIST_SORTS = ['id', 'next_change', 'ltv', 'last_purchase', 'sleeps_at'] as const
export type ListSort = (typeof LIST_SORTS)[number]

export interface ListQuery {
  /** Null: every client. */
  readonly members: { readonly dimension: string; readonly segment: string } | null
  readonly sort: ListSort
  /** Only clients of this user; null: of all. */
  readonly responsibleUserId: number | null
  /** Words of the name, or the id; null: all. */
  readonly search: string | null
  /** Only clients who fall asleep before this second; null: all. */
  readonly sleepsBefore: number | null
}

export const EVERY_CLIENT: ListQuery = {
  members: null,
  sort: 'id',
  responsibleUserId: null,
  search: null,
  sleepsBefore: null,
}

/** Puts the clients that are asked for in an order, keeps them so for a while, and answers the name of the list. */
export const makeClientList = async (
  context: AccountContext,
  office: Pick<Office, 'lists' | 'clients' | 'names'>,
  query: ListQuery,
): Promise<string> => {
  const question = JSON.stringify(query)
  const recent = await office.lists.recent(context.id, question)
  if (recent !== null) return recent
  return office.lists.make(context.id, question, await chosenClients(context, office, query))
}

/** The clients that are asked for, in their order. */
export const chosenClients = async (
  { id }: AccountContext,
  { lists, clients, names }: Pick<Office, 'lists' | 'clients' | 'names'>,
  { members, sort, responsibleUserId, search, sleepsBefore }: ListQuery,
): Promise<ClientRef[]> => {
  const [rows, isMember, isFound] = await Promise.all([
    clients.of(id),
    membership(lists, id, members),
    searching(names, id, search),
  ])
  const score = SCORES[sort]
  const chosen: { readonly client: ClientRef; readonly score: number }[] = []
  for (const row of rows) {
    const isWanted =
      (responsibleUserId === null || row.responsibleUserId === responsibleUserId) &&
      (sleepsBefore === null || (row.sleepsAt !== null && row.sleepsAt < sleepsBefore)) &&
      isMember(row) &&
      isFound(row)
    if (isWanted) chosen.push({ client: row.client, score: score(row) })
  }
  return chosen
    .sort((one, other) => one.score - other.score || one.client.id - other.client.id)
    .map(({ client }) => client)
}

type Choice = (row: ClientRow) => boolean

/** Who never changes by himself stands behind every instant. */
const NEVER = Number.MAX_SAFE_INTEGER

const SCORES: Readonly<Record<ListSort, (row: ClientRow) => number>> = {
  id: ({ client }) => client.id,
  next_change: ({ nextChangeAt }) => nextChangeAt ?? NEVER,
  ltv: ({ ltv }) => ltv,
  last_purchase: ({ lastPurchaseAt }) => lastPurchaseAt ?? 0,
  sleeps_at: ({ sleepsAt }) => sleepsAt ?? NEVER,
}

const membership = async (
  lists: Office['lists'],
  accountId: number,
  members: ListQuery['members'],
): Promise<Choice> => {
  if (members === null) return () => true
  const { dimension, segment } = members
  if (dimension === 'lifecycle' || dimension === 'temperature' || dimension === 'standing')
    return (row) => row[dimension] === segment
  const keys = await lists.members(accountId, dimension, segment)
  return ({ client }) => keys.has(clientKey(client))
}

const searching = async (names: Office['names'], accountId: number, search: string | null): Promise<Choice> => {
  const words = search === null ? [] : wordsOf(search)
  if (words.length === 0) return () => true
  const known = await names.of(accountId)
  const [only, ...more] = words
  const id = more.length === 0 && /^\d+$/.test(only ?? '') ? only : null
  return ({ client }) => String(client.id) === id || holdsWords(known.get(clientKey(client)) ?? '', words)
}
