import type { Logger } from 'pino'
import type { AccountStore } from '../store/account-store.ts'
import { Intents } from '../store/intents.ts'
import type { Keys } from '../store/keys.ts'
import type { Mirror } from '../store/mirror.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { AccountContexts } from './account-contexts.ts'
import type { AccountQueues } from './account-queues.ts'
import { AccountWorker, type WorkerParts } from './account-worker.ts'
import { DueClock } from './due-clock.ts'
import { sweepJob } from './job-catalog.ts'

/** How often each account is swept for what no hook told, ms. */
const SWEEP_EVERY_MS = 3 * 60_000

/** Announcements can be missed while Redis is away: the list of accounts is read anew now and then, ms. */
const ROLL_CALL_MS = 15_000

export interface EngineParts extends Omit<WorkerParts, 'connection'> {
  /** A connection of its own for each caller: workers block, subscribers listen. */
  readonly connect: () => RedisClient
  readonly accounts: AccountStore
  readonly keys: Keys
  readonly contexts: AccountContexts
  readonly queues: AccountQueues
  readonly mirror: Mirror
  readonly log: Logger
  readonly clock: () => number
}

/** The workers and clocks of one process: a worker for every installed account, the due clock, the sweeps. */
export class SyncEngine {
  readonly #parts: EngineParts
  readonly #workers = new Map<number, AccountWorker>()
  readonly #commands: RedisClient
  readonly #listener: RedisClient
  #dueClock: DueClock | null = null
  #rollCallTimer: NodeJS.Timeout | null = null
  #rollCall: Promise<void> = Promise.resolve()

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#commands = parts.connect()
    this.#listener = parts.connect()
  }

  async start(): Promise<void> {
    const { keys, contexts, mirror, queues, log, clock } = this.#parts
    this.#listener.on('message', (_channel: string, accountId: string) => {
      contexts.drop(Number(accountId))
      this.#callRoll()
    })
    await this.#listener.subscribe(keys.announcements)
    const lookAround = () => {
      contexts.dropAll()
      this.#callRoll()
    }
    this.#listener.on('ready', lookAround)
    // Of a cluster: the node that was listened at may have been away.
    this.#listener.on('+node', lookAround)
    await this.#meetAccounts()
    this.#rollCallTimer = setInterval(() => this.#callRoll(), ROLL_CALL_MS)
    this.#dueClock = new DueClock({
      mirror,
      intents: new Intents(this.#commands, keys),
      queues,
      log,
      clock,
      accountIds: () => [...this.#workers.keys()],
    })
  }

  /** Stops taking work, waits for what is being done, hands long work back. */
  async close(): Promise<void> {
    if (this.#rollCallTimer) clearInterval(this.#rollCallTimer)
    await this.#dueClock?.close()
    this.#listener.disconnect()
    await this.#rollCall
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()))
    this.#commands.disconnect()
  }

  #callRoll(): void {
    this.#rollCall = this.#rollCall
      .then(() => this.#meetAccounts())
      .catch((error) => this.#parts.log.warn({ err: error }, 'the list of accounts could not be read'))
  }

  async #meetAccounts(): Promise<void> {
    const ids = await this.#parts.accounts.ids()
    await this.#leaveAllBut(new Set(ids))
    for (const id of ids) {
      if (this.#workers.has(id)) continue
      this.#workers.set(id, new AccountWorker(id, { ...this.#parts, connection: this.#commands }))
      const { name, data, opts } = sweepJob()
      await this.#parts.queues.of(id).upsertJobScheduler('sweep', { every: SWEEP_EVERY_MS }, { name, data, opts })
    }
  }

  /** Of accounts whose data was erased nothing is left to do. */
  async #leaveAllBut(ids: ReadonlySet<number>): Promise<void> {
    const gone = [...this.#workers].filter(([id]) => !ids.has(id))
    for (const [id] of gone) this.#workers.delete(id)
    await Promise.all(gone.map(([, worker]) => worker.close()))
  }
}
