import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

export type RunOutcome = 'done' | 'cancelled' | 'failed' | 'superseded'

/** One piece of work over the whole base. Instants in milliseconds. */
export interface RunRecord {
  /** Its name, as in the journal. */
  readonly run: string
  readonly askedAt: number
  /** Who asked for it; null: the service itself. */
  readonly author: string | null
  /** Null: it waits for its turn. */
  readonly startedAt: number | null
  readonly endedAt: number | null
  readonly outcome: RunOutcome | null
  /** When somebody called it off; it stops a moment later. */
  readonly cancelledAt: number | null
  /** Clients it is about; null: not known. */
  readonly total: number | null
  /** Clients done so far, and writes made for them. */
  readonly clients: number
  readonly writes: number
}

/** Runs an account remembers. */
const KEPT = 300

/** What is known of each run over the base: one hash per run, and an index of them by age. */
export class RunStore {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** Somebody wants the run; it may have begun already. */
  async asked(accountId: number, run: string, author: string, now: number): Promise<void> {
    const key = this.#key(accountId, run)
    await this.#redis
      .multi()
      .hsetnx(key, 'askedAt', now)
      .hset(key, 'author', author)
      .zadd(this.#index(accountId), 'NX', now, run)
      .exec()
    await this.#forgetOld(accountId)
  }

  /** A run of this name is to be done anew. */
  async forget(accountId: number, run: string): Promise<void> {
    await this.#redis.multi().del(this.#key(accountId, run)).zrem(this.#index(accountId), run).exec()
  }

  /** It begins, or is taken up again after an interruption. */
  async begun(accountId: number, run: string, now: number): Promise<void> {
    const key = this.#key(accountId, run)
    await this.#redis
      .multi()
      .hsetnx(key, 'askedAt', now)
      .hsetnx(key, 'startedAt', now)
      .hdel(key, 'endedAt', 'outcome')
      .zadd(this.#index(accountId), 'NX', now, run)
      .exec()
    await this.#forgetOld(accountId)
  }

  /** How far it came, in place of what was known. */
  async reached(
    accountId: number,
    run: string,
    figures: Partial<Pick<RunRecord, 'total' | 'clients' | 'writes'>>,
  ): Promise<void> {
    const known = Object.entries(figures).filter(([, value]) => value !== null)
    if (known.length > 0) await this.#redis.hset(this.#key(accountId, run), Object.fromEntries(known))
  }

  async ended(accountId: number, run: string, outcome: RunOutcome, now: number): Promise<void> {
    await this.#redis.hset(this.#key(accountId, run), { endedAt: now, outcome })
  }

  /** Calls a run off: whoever does it stops. */
  async cancel(accountId: number, run: string, now: number): Promise<void> {
    await this.#redis.hsetnx(this.#key(accountId, run), 'cancelledAt', now)
  }

  async isCancelled(accountId: number, run: string): Promise<boolean> {
    return (await this.#redis.hexists(this.#key(accountId, run), 'cancelledAt')) === 1
  }

  async read(accountId: number, run: string): Promise<RunRecord | null> {
    const fields = await this.#redis.hgetall(this.#key(accountId, run))
    return fields.askedAt === undefined ? null : toRecord(run, fields)
  }

  /** The newest first. */
  async list(accountId: number, limit = KEPT): Promise<RunRecord[]> {
    const names = await this.#redis.zrevrange(this.#index(accountId), 0, limit - 1)
    const records = await Promise.all(names.map((run) => this.read(accountId, run)))
    return records.filter((record) => record !== null)
  }

  async #forgetOld(accountId: number): Promise<void> {
    const old = await this.#redis.zrange(this.#index(accountId), 0, -KEPT - 1)
    if (old.length === 0) return
    await this.#redis.zrem(this.#index(accountId), ...old)
    await Promise.all(old.map((run) => this.#redis.del(this.#key(accountId, run))))
  }

  #index(accountId: number): string {
    return this.#keys.of(accountId, 'runs')
  }

  #key(accountId: number, run: string): string {
    return this.#keys.of(accountId, `run:${run}`)
  }
}

function toRecord(run: string, fields: Readonly<Record<string, string>>): RunRecord {
  const number = (name: string) => (fields[name] === undefined ? null : Number(fields[name]))
  return {
    run,
    askedAt: number('askedAt') ?? 0,
    author: fields.author ?? null,
    startedAt: number('startedAt'),
    endedAt: number('endedAt'),
    outcome: (fields.outcome as RunOutcome | undefined) ?? null,
    cancelledAt: number('cancelledAt'),
    total: number('total'),
    clients: number('clients') ?? 0,
    writes: number('writes') ?? 0,
  }
}
