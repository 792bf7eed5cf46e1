import { setTimeout as delay } from 'node:timers/promises'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Keys } from '../../src/store/keys.ts'
import type { Sandbox } from '../create-sandbox.ts'

export interface SettlingParts {
  readonly sandbox: Sandbox
  readonly redis: Redis
  readonly keys: Keys
  readonly accountId: number
  /** Milliseconds since the epoch, the service's clock. */
  readonly clock?: () => number
}

/** Looking costs Redis something too: it is done the more seldom the longer it takes. */
const POLL_MS = 30
const LONGEST_POLL_MS = 300

/** Sees from outside whether the service has anything left to do for an account. */
export class Settling {
  readonly #parts: SettlingParts
  readonly #queue: Queue

  constructor(parts: SettlingParts) {
    this.#parts = parts
    const { redis, keys, accountId } = parts
    this.#queue = new Queue(keys.queueOf(accountId), { connection: redis, prefix: keys.jobs, skipMetasUpdate: true })
    // A Redis that goes away is somebody else's to report.
    this.#queue.on('error', () => undefined)
  }

  /** Jobs at work, waiting or to be repeated; the sweep's next turn does not count. */
  async jobs(): Promise<number> {
    const counts = await this.#queue.getJobCounts('active', 'waiting', 'prioritized')
    const delayed = await this.#queue.getDelayed(0, 100)
    const ours = delayed.filter((job) => job && job.name !== 'sweep').length
    return Object.values(counts).reduce((sum, count) => sum + count, ours)
  }

  /** Clients whose second has come and who wait for the due clock. */
  overdue(): Promise<number> {
    const { redis, keys, accountId, clock = Date.now } = this.#parts
    return redis.zcount(keys.due(accountId), '-inf', Math.floor(clock() / 1000))
  }

  /** Whether nothing is on its way: no hook, no job, nobody overdue, and nothing happened while this was asked. */
  async isSettled(): Promise<boolean> {
    const before = this.#happenings()
    if (this.#parts.sandbox.hooks.backlog > 0) return false
    if ((await this.jobs()) > 0 || (await this.overdue()) > 0) return false
    return this.#parts.sandbox.hooks.backlog === 0 && before === this.#happenings()
  }

  /** Waits until nothing is on its way; false: there still was something after `limitMs`. */
  async settled(limitMs: number): Promise<boolean> {
    const end = performance.now() + limitMs
    for (let pause = POLL_MS; performance.now() < end; pause = Math.min(pause * 1.3, LONGEST_POLL_MS)) {
      if (await this.isSettled()) return true
      await delay(pause)
    }
    return false
  }

  /** What is still to be done, for people. */
  async remains(): Promise<string> {
    const counts = await this.#queue.getJobCounts('active', 'waiting', 'prioritized', 'delayed')
    const jobs = Object.entries(counts).map(([state, count]) => `${count} ${state}`)
    return `jobs: ${jobs.join(', ')}; clients overdue: ${await this.overdue()}; hooks: ${this.#parts.sandbox.hooks.backlog}`
  }

  async close(): Promise<void> {
    await this.#queue.close()
  }

  #happenings(): string {
    const { stats } = this.#parts.sandbox
    return [stats.requests.length, stats.hooksDelivered, stats.hooksFailed].join()
  }
}
