import {
  type ClientRef,
  LIFECYCLE_SEGMENTS,
  type LifecycleSegment,
  STANDING_SEGMENTS,
  type StandingSegment,
  TEMPERATURE_SEGMENTS,
  type TemperatureSegment,
} from '../segmentation/verdict.ts'
import type { ClientDoc, ClientFigures } from './client-doc.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** A client in a list, as of his last decision. */
export interface ClientRow extends ClientFigures {
  readonly client: ClientRef
  readonly lifecycle: LifecycleSegment | null
  readonly temperature: TemperatureSegment | null
  readonly standing: StandingSegment | null
}

const NONE = '-'

/**
 * What stands in a row: one letter a segment, then the figures, to the base of 36. Short enough (64 bytes) for Redis to
 * keep the hash as a compact list. Null: he was not decided.
 */
export function rowText({ decided, figures }: Pick<ClientDoc, 'decided' | 'figures'>): string | null {
  if (decided === null || figures === null) return null
  const { ltv, purchases, lastPurchaseAt, sleepsAt, nextChangeAt, responsibleUserId } = figures
  const segments = [
    placeOf(LIFECYCLE_SEGMENTS, decided.lifecycle),
    placeOf(TEMPERATURE_SEGMENTS, decided.temperature),
    placeOf(STANDING_SEGMENTS, decided.standing),
  ].join('')
  const numbers = [Math.round(ltv * 100), purchases, lastPurchaseAt, sleepsAt, nextChangeAt, responsibleUserId]
  return `${segments},${numbers.map((number) => (number === null ? '' : number.toString(36))).join(',')}`
}

function parseRow(client: ClientRef, text: string): ClientRow {
  const [segments = '', ltv, purchases, lastPurchaseAt, sleepsAt, nextChangeAt, responsibleUserId] = text.split(',')
  return {
    client,
    lifecycle: LIFECYCLE_SEGMENTS[Number(segments[0])] ?? null,
    temperature: TEMPERATURE_SEGMENTS[Number(segments[1])] ?? null,
    standing: STANDING_SEGMENTS[Number(segments[2])] ?? null,
    ltv: (numberIn(ltv) ?? 0) / 100,
    purchases: numberIn(purchases) ?? 0,
    lastPurchaseAt: numberIn(lastPurchaseAt),
    sleepsAt: numberIn(sleepsAt),
    nextChangeAt: numberIn(nextChangeAt),
    responsibleUserId: numberIn(responsibleUserId) ?? 0,
  }
}

function placeOf(segments: readonly string[], segment: string | null): string {
  const place = segment === null ? -1 : segments.indexOf(segment)
  return place < 0 ? NONE : String(place)
}

function numberIn(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number.parseInt(text, 36)
}

/** Hashes read at once: few enough that what is read of a large base is gone again before it piles up in memory. */
const AT_ONCE = 64

/** Rows and names of all clients of an account, kept beside the documents so that lists need not read those. */
export class ClientRows {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Changes whenever a row does. */
  async version(accountId: number): Promise<string> {
    return (await this.#redis.get(this.#keys.rowsVersion(accountId))) ?? ''
  }

  /** Every client who was decided, in handfuls. */
  async *all(accountId: number): AsyncGenerator<ClientRow[]> {
    for await (const entries of this.#entries(this.#keys.allRows(accountId))) {
      yield entries.map(([client, text]) => parseRow(client, text))
    }
  }

  /** The name of every client whose card was read, in handfuls. */
  allNames(accountId: number): AsyncGenerator<(readonly [ClientRef, name: string])[]> {
    return this.#entries(this.#keys.allNames(accountId))
  }

  /** Names of some clients, in their order; an unknown one is empty. */
  async names(accountId: number, clients: readonly ClientRef[]): Promise<string[]> {
    const names = clients.map((ref) => this.#redis.hget(this.#keys.names(accountId, ref), clientKey(ref)))
    return (await Promise.all(names)).map((name) => name ?? '')
  }

  async *#entries(keys: readonly string[]): AsyncGenerator<(readonly [ClientRef, string])[]> {
    for (let from = 0; from < keys.length; from += AT_ONCE) {
      const hashes = await Promise.all(keys.slice(from, from + AT_ONCE).map((key) => this.#redis.hgetall(key)))
      yield hashes.flatMap((hash) =>
        Object.entries(hash).flatMap(([key, text]) => {
          const client = parseClientKey(key)
          return client ? [[client, text] as const] : []
        }),
      )
    }
  }
}
