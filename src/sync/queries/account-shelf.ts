/** What nobody asked for any more is forgotten, ms. */
const IDLE_MS = 5 * 60_000

export interface ShelfRoom<Item> {
  readonly sizeOf: (item: Item) => number
  /** Of all accounts together; the item put last stays however large it is. */
  readonly most: number
}

interface Kept<Item> {
  readonly item: Item
  readonly timer: NodeJS.Timeout
}

/** One large thing of each account that was asked about lately, as many of them as there is room for. */
export class AccountShelf<Item> {
  readonly #room: ShelfRoom<Item>
  readonly #kept = new Map<number, Kept<Item>>()

  constructor(room: ShelfRoom<Item>) {
    this.#room = room
  }

  /** The size of all that is kept. */
  get size(): number {
    return [...this.#kept.values()].reduce((sum, { item }) => sum + this.#room.sizeOf(item), 0)
  }

  get(accountId: number): Item | undefined {
    const kept = this.#kept.get(accountId)
    if (kept === undefined) return undefined
    kept.timer.refresh()
    // A map keeps the order in which it was filled: who was asked for longest ago stands first.
    this.#kept.delete(accountId)
    this.#kept.set(accountId, kept)
    return kept.item
  }

  /** @param idleMs forgotten when nobody asked for it for so long */
  put(accountId: number, item: Item, idleMs = IDLE_MS): void {
    this.#drop(accountId)
    this.#makeRoom(this.#room.sizeOf(item))
    const timer = setTimeout(() => this.#kept.delete(accountId), idleMs).unref()
    this.#kept.set(accountId, { item, timer })
  }

  #makeRoom(size: number): void {
    let total = this.size + size
    for (const [accountId, { item }] of this.#kept) {
      if (total <= this.#room.most) return
      total -= this.#room.sizeOf(item)
      this.#drop(accountId)
    }
  }

  #drop(accountId: number): void {
    clearTimeout(this.#kept.get(accountId)?.timer)
    this.#kept.delete(accountId)
  }
}
