import type { Logger } from 'pino'
import type { Intents } from '../store/intents.ts'
import type { Mirror } from '../store/mirror.ts'
import type { AccountQueues } from './account-queues.ts'
import { actJob, reconcileJob } from './job-catalog.ts'

const TICK_MS = 2_000
const BATCH = 1_000

export interface DueClockParts {
  readonly mirror: Mirror
  readonly intents: Intents
  readonly queues: AccountQueues
  readonly accountIds: () => readonly number[]
  readonly log: Logger
  readonly clock: () => number
}

/**
 * Moves the clients whose second has come into the queue, every two seconds. It is also the safety net of every
 * change: who is marked due and whose job got lost in a crash is found here.
 */
export class DueClock {
  readonly #parts: DueClockParts
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> | null = null

  constructor(parts: DueClockParts) {
    this.#parts = parts
    this.#timer = setInterval(() => {
      this.#running ??= this.tick().finally(() => {
        this.#running = null
      })
    }, TICK_MS)
  }

  /** One look at every account's due index. */
  async tick(): Promise<void> {
    const now = Math.floor(this.#parts.clock() / 1000)
    for (const accountId of this.#parts.accountIds()) {
      try {
        const [due, intents] = await Promise.all([
          this.#parts.mirror.due(accountId, now, BATCH),
          this.#parts.intents.open(accountId, BATCH),
        ])
        const jobs = [...due.map((ref) => reconcileJob(ref, 'due')), ...intents.map((key) => actJob(key))]
        await this.#parts.queues.add(accountId, jobs)
      } catch (error) {
        this.#parts.log.warn({ err: error, accountId }, 'the due clock missed a tick')
      }
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running
  }
}
