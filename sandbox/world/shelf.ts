import type { Rec } from './model.ts'
import { OrderedIndex } from './ordered-index.ts'

export type OrderKey = 'id' | 'created_at' | 'updated_at'

/** All records of one type: living ones in three orders, deleted ones in a bin from which they can come back. */
export class Shelf<T extends Rec> {
  readonly #byId = new Map<number, T>()
  readonly #bin = new Set<T>()
  readonly #orders: Readonly<Record<OrderKey, OrderedIndex<T>>> = {
    id: new OrderedIndex<T>((item) => item.id),
    created_at: new OrderedIndex<T>((item) => item.createdAt),
    updated_at: new OrderedIndex<T>((item) => item.updatedAt),
  }

  /** How many are alive. */
  get size(): number {
    return this.#byId.size - this.#bin.size
  }

  /** A living record. */
  get(id: number): T | undefined {
    const item = this.#byId.get(id)
    return item?.isDeleted ? undefined : item
  }

  /** Living or deleted. */
  find(id: number): T | undefined {
    return this.#byId.get(id)
  }

  order(by: OrderKey): OrderedIndex<T> {
    return this.#orders[by]
  }

  /** Living records by id. */
  get all(): readonly T[] {
    return this.#orders.id.items
  }

  get binned(): readonly T[] {
    return [...this.#bin].sort((a, b) => a.id - b.id)
  }

  add(item: T): void {
    this.#byId.set(item.id, item)
    for (const index of Object.values(this.#orders)) index.add(item)
  }

  addAll(items: readonly T[]): void {
    for (const item of items) this.add(item)
  }

  /** Moves a record's update instant, in seconds. */
  touch(id: number, updatedAt: number): void {
    const item = this.#byId.get(id)
    if (item === undefined || item.updatedAt === updatedAt) return
    if (!item.isDeleted) this.#orders.updated_at.remove(item)
    item.updatedAt = updatedAt
    if (!item.isDeleted) this.#orders.updated_at.add(item)
  }

  /** Moves a living record to the bin; false: there is none. */
  bin(id: number): boolean {
    const item = this.get(id)
    if (item === undefined) return false
    for (const index of Object.values(this.#orders)) index.remove(item)
    item.isDeleted = true
    this.#bin.add(item)
    return true
  }

  /** Takes a record out of the bin; false: it is not there. */
  restore(id: number): boolean {
    const item = this.#byId.get(id)
    if (item === undefined || !this.#bin.delete(item)) return false
    item.isDeleted = false
    for (const index of Object.values(this.#orders)) index.add(item)
    return true
  }
}
