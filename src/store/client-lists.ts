import { randomBytes } from 'node:crypto'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** A list is turned over page by page for as long as somebody does, s. */
const KEPT_S = 600

/** Who asks for the same list soon after gets the same one, s. */
const SHARED_S = 20

const CHUNK = 500

export interface Scored {
  readonly client: ClientRef
  readonly score: number
}

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

  /** Clients of a segment, in handfuls; each at least once if he stays in it. */
  async *members(accountId: number, dimension: string, segment: string): AsyncGenerator<ClientRef[]> {
    let cursor = '0'
    do {
      const [next, members] = await this.#redis.sscan(
        this.#keys.segment(accountId, dimension, segment),
        cursor,
        'COUNT',
        CHUNK,
      )
      cursor = next
      yield members.map(parseClientKey).filter((ref) => ref !== null)
    } while (cursor !== '0')
  }

  /** When each client is to be looked at again, seconds; null: never. */
  async dueAt(accountId: number, clients: readonly ClientRef[]): Promise<(number | null)[]> {
    const due = this.#keys.due(accountId)
    const scores = await Promise.all(clients.map((ref) => this.#redis.zscore(due, clientKey(ref))))
    return scores.map((score) => (score === null ? null : Number(score)))
  }

  /** Keeps a list and answers its name; `query` says what it is a list of. */
  async make(accountId: number, query: string, handfuls: AsyncIterable<readonly Scored[]>): Promise<string> {
    const shared = this.#keys.of(accountId, `list-of:${query}`)
    const known = await this.#redis.get(shared)
    if (known !== null) return known
    const name = randomBytes(9).toString('base64url')
    const key = this.#key(accountId, name)
    for await (const handful of handfuls) {
      for (let from = 0; from < handful.length; from += CHUNK) {
        const some = handful.slice(from, from + CHUNK).flatMap(({ client, score }) => [score, clientKey(client)])
        await this.#redis.zadd(key, ...some)
      }
      // Set early: what a crash leaves goes by itself.
      if (handful.length > 0) await this.#redis.expire(key, KEPT_S)
    }
    await this.#redis.set(shared, name, 'EX', SHARED_S)
    return name
  }

  /** Some clients of a list; an unknown one, or one that is over, is empty. */
  async page(
    accountId: number,
    name: string,
    { from, count, descending }: { readonly from: number; readonly count: number; readonly descending: boolean },
  ): Promise<ListPage> {
    const key = this.#key(accountId, name)
    const [total, members] = await Promise.all([
      this.#redis.zcard(key),
      descending ? this.#redis.zrevrange(key, from, from + count - 1) : this.#redis.zrange(key, from, from + count - 1),
    ])
    await this.#redis.expire(key, KEPT_S)
    return { total, clients: members.map(parseClientKey).filter((ref) => ref !== null) }
  }

  #key(accountId: number, name: string): string {
    return this.#keys.of(accountId, `list:${name}`)
  }
}
