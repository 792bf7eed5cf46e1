import { AccountShelf } from './account-shelf.ts'

/** A table with more entries is, for a while, shown as it last was. */
const LARGE = 5_000

/** Of a processor's time at most this share goes into making tables of one account anew. */
const SHARE = 0.1

export interface TableMaking<Table> {
  readonly make: (accountId: number) => Promise<Table>
  /** Changes with what the table is made of; null: that is not known, so it is always made anew. */
  readonly version: (accountId: number) => Promise<string | null>
  /** How many entries a table has. */
  readonly sizeOf: (table: Table) => number
  /** Entries that are kept at most of all accounts together. */
  readonly most: number
}

interface Shelved<Table> {
  readonly table: Table
  readonly version: string | null
  /** Monotonic, ms. */
  readonly goodUntil: number
}

/**
 * The last table of each account that was asked about. It is made anew when the account's version says that something
 * changed; a large one at most as often as its making takes a small share of the time, so it may lag by some seconds.
 */
export class TableShelf<Table> {
  readonly #parts: TableMaking<Table>
  readonly #shelf: AccountShelf<Shelved<Table>>
  readonly #making = new Map<number, Promise<Table>>()

  constructor(parts: TableMaking<Table>) {
    this.#parts = parts
    this.#shelf = new AccountShelf({ sizeOf: ({ table }) => parts.sizeOf(table), most: parts.most })
  }

  async of(accountId: number): Promise<Table> {
    const known = this.#shelf.get(accountId)
    const version = await this.#parts.version(accountId)
    if (known && (performance.now() < known.goodUntil || (version !== null && known.version === version))) {
      return known.table
    }
    return this.#making.get(accountId) ?? this.#anew(accountId, version)
  }

  #anew(accountId: number, version: string | null): Promise<Table> {
    const begin = performance.now()
    const making = this.#parts
      .make(accountId)
      .then((table) => {
        this.#put(accountId, table, version, performance.now() - begin)
        return table
      })
      .finally(() => this.#making.delete(accountId))
    this.#making.set(accountId, making)
    return making
  }

  #put(accountId: number, table: Table, version: string | null, tookMs: number): void {
    const goodFor = this.#parts.sizeOf(table) > LARGE ? tookMs / SHARE : 0
    const shelved = { table, version, goodUntil: performance.now() + goodFor }
    if (version !== null) this.#shelf.put(accountId, shelved)
    // Of no use any longer than it is good.
    else if (goodFor > 0) this.#shelf.put(accountId, shelved, goodFor)
  }
}
