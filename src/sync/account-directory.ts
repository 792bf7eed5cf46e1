import { LIFECYCLE_SEGMENTS } from '../segmentation/verdict.ts'
import { AccountNotes } from '../store/account-notes.ts'
import type { AccountRecord, AccountRemoval } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { Keys } from '../store/keys.ts'
import type { Mirror } from '../store/mirror.ts'
import type { RedisClient } from '../store/redis-client.ts'
import { BACKFILL_PHASES, readBackfill } from './backfill-state.ts'

/** How an installation ended. Instants in milliseconds. */
export interface RemovalSummary {
  readonly isByAmocrm: boolean
  readonly eraseAt: number
  readonly canCleanUp: boolean
  readonly isCleanedUp: boolean
}

export interface AccountSummary {
  readonly id: number
  readonly host: string
  readonly status: AccountRecord['status']
  /** What keeps it from working, in a sentence; null: nothing. */
  readonly problem: string | null
  /** Of a disconnected account. */
  readonly removal: RemovalSummary | null
  /** Clients with an answer. */
  readonly clients: number
  /** Share of the backfill's phases that are done, 0 to 1; null: no backfill is running. */
  readonly backfill: number | null
}

/** The installed accounts and how they are, for pages and the API. */
export class AccountDirectory {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #accounts: AccountStore
  readonly #mirror: Mirror

  constructor(redis: RedisClient, keys: Keys, accounts: AccountStore, mirror: Mirror) {
    this.#redis = redis
    this.#keys = keys
    this.#accounts = accounts
    this.#mirror = mirror
  }

  bySecret(secret: string): Promise<number | null> {
    return this.#accounts.bySecret(secret)
  }

  async list(): Promise<AccountSummary[]> {
    const records = await this.#accounts.list()
    return Promise.all(records.map((record) => this.#summary(record)))
  }

  async #summary({ id, host, status, problem, removal }: AccountRecord): Promise<AccountSummary> {
    const [state, ...counts] = await Promise.all([
      readBackfill(new AccountNotes(this.#redis, this.#keys, id)),
      ...LIFECYCLE_SEGMENTS.map((segment) => this.#mirror.count(id, 'lifecycle', segment)),
    ])
    const phases = BACKFILL_PHASES.contact
    const backfill =
      state === null || state.phase === 'done' ? null : Math.max(0, phases.indexOf(state.phase)) / phases.length
    return {
      id,
      host,
      status,
      problem: problem?.message ?? null,
      removal: removal === undefined ? null : removalSummary(removal),
      clients: counts.reduce((sum, count) => sum + count, 0),
      backfill,
    }
  }
}

function removalSummary({ by, eraseAt, tokens, cleanUp }: AccountRemoval): RemovalSummary {
  return { isByAmocrm: by === 'amocrm', eraseAt, canCleanUp: tokens === 'kept', isCleanedUp: cleanUp !== null }
}
