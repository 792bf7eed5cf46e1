import { randomBytes } from 'node:crypto'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import { keepText } from './keep-text.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** A list is turned over page by page for as long as somebody does, s. */
const KEPT_S = 600

/** Who asks for the same list soon after gets the same one, s. */
const SHARED_S = 20

/** Lists of an account that are kept at once, for all who turn pages in it. */
const MOST_LISTS = 60

const CHUNK = 500

/** Each client takes this many characters of a list, so that any page of it is cut out of the middle: 1.7 MB for 100,000. */
const WIDTH = 17

export interface ListPage {
  readonly clients: readonly ClientRef[]
  readonly total: number
}

/** Clients in an order, kept for a while: whoever turns the pages sees each once, however they change meanwhile. */
export class ClientLists {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Keys of the clients of a segment. */
  async members(accountId: number, dimension: string, segment: string): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    let cursor = '0'
    do {
      const [next, members] = await this.#redis.sscan(
        this.#keys.segment(accountId, dimension, segment),
        cursor,
        'COUNT',
        CHUNK,
      )
      cursor = next
      for (const member of members) found.add(member)
    } while (cursor !== '0')
    return found
  }

  /** The name of the list of a question that was asked a moment ago; null: it was not. `query` says what it is a list of. */
  async recent(accountId: number, query: string): Promise<string | null> {
    const name = await this.#redis.get(this.#shared(accountId, query))
    return name !== null && (await this.#redis.exists(this.#key(accountId, name))) === 1 ? name : null
  }

  /** Keeps a list and answers its name. */
  async make(accountId: number, query: string, clients: readonly ClientRef[]): Promise<string> {
    const name = randomBytes(9).toString('base64url')
    const text = clients.map((client) => clientKey(client).padEnd(WIDTH)).join('')
    const [index, key] = [this.#keys.of(accountId, 'lists'), this.#key(accountId, name)]
    await keepText(this.#redis, { index, key, text }, { seconds: KEPT_S, most: MOST_LISTS })
    await this.#redis.set(this.#shared(accountId, query), name, 'EX', SHARED_S)
    return name
  }

  /** Some clients of a list; an unknown one, or one that is over, is empty. */
  async page(
    accountId: number,
    name: string,
    { from, count, descending }: { readonly from: number; readonly count: number; readonly descending: boolean },
  ): Promise<ListPage> {
    const key = this.#key(accountId, name)
    const total = (await this.#redis.strlen(key)) / WIDTH
    if (from >= total) return { total, clients: [] }
    const first = descending ? Math.max(0, total - from - count) : from
    const last = descending ? total - from : Math.min(total, from + count)
    const text = await this.#redis.getrange(key, first * WIDTH, last * WIDTH - 1)
    await this.#redis.expire(key, KEPT_S)
    const clients = cut(text)
      .map(parseClientKey)
      .filter((ref) => ref !== null)
    return { total, clients: descending ? clients.toReversed() : clients }
  }

  #shared(accountId: number, query: string): string {
    return this.#keys.of(accountId, `list-of:${query}`)
  }

  #key(accountId: number, name: string): string {
    return this.#keys.of(accountId, `list:${name}`)
  }
}

function cut(text: string): string[] {
  return Array.from({ length: text.length / WIDTH }, (_, index) =>
    text.slice(index * WIDTH, (index + 1) * WIDTH).trimEnd(),
  )
}
