import type { Redis } from 'ioredis'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from './client-key.ts'
import type { Keys } from './keys.ts'

/** One write to one entity: what stood before, what is written, why and by which run. */
export interface JournalEntry {
  readonly client: ClientRef
  readonly entity: 'leads' | 'contacts' | 'companies'
  readonly entityId: number
  /** What caused it: `live`, `due`, or the name of a backfill run. */
  readonly run: string
  readonly tagsAdded: readonly string[]
  readonly tagsRemoved: readonly string[]
  readonly statusBefore: { readonly pipelineId: number; readonly statusId: number } | null
  readonly statusAfter: { readonly pipelineId: number; readonly statusId: number } | null
  /** Reason codes of the answers behind it. */
  readonly reasons: readonly string[]
}

/** How many of the newest entries an account keeps, about. */
const KEPT_ENTRIES = 200_000

/** The record of every write, made before the write itself: a Redis stream per account, oldest first. */
export class Journal {
  readonly #redis: Redis
  readonly #keys: Keys

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  async record(accountId: number, entries: readonly JournalEntry[]): Promise<void> {
    const key = this.#keys.of(accountId, 'journal')
    await Promise.all(
      entries.map(({ client, ...entry }) =>
        this.#redis.xadd(
          key,
          'MAXLEN',
          '~',
          KEPT_ENTRIES,
          '*',
          'client',
          clientKey(client),
          'entry',
          JSON.stringify(entry),
        ),
      ),
    )
  }

  length(accountId: number): Promise<number> {
    return this.#redis.xlen(this.#keys.of(accountId, 'journal'))
  }
}
