import type { Rec } from '../world/model.ts'
import type { OrderKey, Shelf } from '../world/shelf.ts'
import type { PageOf, PageRequest } from './paging.ts'
import type { Range } from './query-values.ts'

/** A list request, read and checked. */
export interface Selection<T> {
  readonly ids: readonly number[] | null
  readonly updated: Range | null
  /** All further filters; null: none. */
  readonly matches: ((item: T) => boolean) | null
  readonly order: { readonly by: OrderKey; readonly isDescending: boolean }
  /** From the bin in place of the living. */
  readonly deleted: boolean
}

/** One page of what is selected, by way of the index that has to look at least. */
export function listShelf<T extends Rec>(shelf: Shelf<T>, selection: Selection<T>, page: PageRequest): PageOf<T> {
  const { items, isOrdered } = candidates(shelf, selection)
  const ordered = isOrdered ? items : items.toSorted(comparator(selection.order.by))
  return takePage(ordered, selection, page)
}

function candidates<T extends Rec>(
  shelf: Shelf<T>,
  { ids, updated, order, deleted }: Selection<T>,
): { readonly items: readonly T[]; readonly isOrdered: boolean } {
  if (deleted) return { items: shelf.binned, isOrdered: order.by === 'id' }
  if (ids !== null) {
    const found = [...new Set(ids)].map((id) => shelf.get(id))
    return { items: found.filter((item) => item !== undefined), isOrdered: false }
  }
  if (updated === null) return { items: shelf.order(order.by).items, isOrdered: true }
  const index = shelf.order('updated_at')
  const start = index.lowerBound(updated.from)
  const end = Number.isFinite(updated.to) ? index.lowerBound(updated.to + 1) : index.items.length
  return { items: index.items.slice(start, end), isOrdered: order.by === 'updated_at' }
}

function takePage<T extends Rec>(
  items: readonly T[],
  selection: Selection<T>,
  { page, limit }: PageRequest,
): PageOf<T> {
  const fits = fitter(selection)
  const step = selection.order.isDescending ? -1 : 1
  const found: T[] = []
  let skip = (page - 1) * limit
  let at = selection.order.isDescending ? items.length - 1 : 0
  for (let item = items[at]; item !== undefined && found.length <= limit; at += step, item = items[at]) {
    if (!fits(item)) continue
    if (skip > 0) skip -= 1
    else found.push(item)
  }
  return { items: found.slice(0, limit), hasNext: found.length > limit }
}

function fitter<T extends Rec>({ ids, updated, matches }: Selection<T>): (item: T) => boolean {
  if (ids === null && updated === null) return matches ?? (() => true)
  const wanted = ids === null ? null : new Set(ids)
  return (item) =>
    (wanted === null || wanted.has(item.id)) &&
    (updated === null || (item.updatedAt >= updated.from && item.updatedAt <= updated.to)) &&
    (matches === null || matches(item))
}

function comparator(by: OrderKey): (a: Rec, b: Rec) => number {
  if (by === 'id') return (a, b) => a.id - b.id
  if (by === 'created_at') return (a, b) => a.createdAt - b.createdAt || a.id - b.id
  return (a, b) => a.updatedAt - b.updatedAt || a.id - b.id
}
