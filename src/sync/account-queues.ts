import { Queue, type Telemetry } from 'bullmq'
import type { Logger } from 'pino'
import type { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { JobSpec } from './job-catalog.ts'

const KEPT_EVENTS = 100

/** The BullMQ queues of all accounts, opened when first needed, over one Redis connection. */
export class AccountQueues {
  readonly #connection: RedisClient
  readonly #keys: Keys
  readonly #log: Logger
  readonly #telemetry: Telemetry | undefined
  readonly #queues = new Map<number, Queue>()

  constructor(connection: RedisClient, keys: Keys, log: Logger, telemetry?: Telemetry) {
    this.#connection = connection
    this.#keys = keys
    this.#log = log
    this.#telemetry = telemetry
  }

  of(accountId: number): Queue {
    const open = this.#queues.get(accountId)
    if (open) return open
    const queue = new Queue(this.#keys.queueOf(accountId), {
      connection: this.#connection,
      prefix: this.#keys.jobs,
      // Nobody reads BullMQ's event stream; ten thousand entries by default are a megabyte for each account.
      streams: { events: { maxLen: KEPT_EVENTS } },
      // Fail fast when Redis is away: who adds a job hears of it at once instead of hanging.
      skipWaitingForReady: true,
      ...(this.#telemetry && { telemetry: this.#telemetry }),
    })
    queue.on('error', (error) => this.#log.debug({ err: error, accountId }, 'queue connection'))
    this.#queues.set(accountId, queue)
    return queue
  }

  async add(accountId: number, jobs: readonly JobSpec[]): Promise<void> {
    const [first, ...more] = jobs
    if (!first) return
    if (more.length === 0) await this.of(accountId).add(first.name, first.data, first.opts)
    else await this.of(accountId).addBulk([...jobs])
  }

  async close(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.close()))
    this.#queues.clear()
  }
}
