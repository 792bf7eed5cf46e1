import type { Redis } from 'ioredis'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey, parseClientKey } from './client-key.ts'
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
  /** Custom fields of ours that are changed, by id; a value is an option's text, null none. */
  readonly fieldsBefore: Readonly<Record<string, string | number | boolean | null>>
  readonly fieldsAfter: Readonly<Record<string, string | number | boolean | null>>
  /** Reason codes of the answers behind it. */
  readonly reasons: readonly string[]
}

/** How many of the newest entries an account keeps, about. */
const KEPT_ENTRIES = 200_000

const PAGE = 500

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

  /** Entries of one run, newest first, some hundreds at a time. */
  async *ofRun(accountId: number, run: string): AsyncGenerator<JournalEntry[]> {
    const key = this.#keys.of(accountId, 'journal')
    let end = '+'
    for (;;) {
      const page = await this.#redis.xrevrange(key, end, '-', 'COUNT', PAGE)
      const entries = page.map(([, fields]) => parseEntry(fields)).filter((entry) => entry !== null)
      yield entries.filter((entry) => entry.run === run)
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      end = `(${last[0]}`
    }
  }

  length(accountId: number): Promise<number> {
    return this.#redis.xlen(this.#keys.of(accountId, 'journal'))
  }
}

/** Null: an entry whose client can't be read any more. */
function parseEntry(fields: readonly string[]): JournalEntry | null {
  const at = (name: string) => fields[fields.indexOf(name) + 1]
  const [client, entry] = [parseClientKey(at('client') ?? ''), at('entry')]
  return client && entry ? { ...(JSON.parse(entry) as Omit<JournalEntry, 'client'>), client } : null
}
