import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../../sandbox/generate/random.ts'
import type { RedisProcess } from './redis-process.ts'
import type { RestartedProcess } from './restarted-process.ts'

const REDIS_AWAY_MS = 1_500

export interface PowerCutParts {
  readonly workers: readonly RestartedProcess[]
  readonly redis: RedisProcess
  readonly random: Random
}

/** Power cuts until the signal; whoever was cut off is started again. */
export class PowerCuts {
  workers = 0
  redis = 0
  readonly #parts: PowerCutParts
  readonly #signal: AbortSignal

  constructor(parts: PowerCutParts, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
  }

  /** Every few seconds, one of them. */
  async befallWorkers(): Promise<void> {
    while (await this.#pause(this.#parts.random.int(4_000, 9_000))) await this.befallWorker()
  }

  async befallWorker(): Promise<void> {
    const worker = this.#parts.random.pick(this.#parts.workers)
    await worker.kill()
    worker.start()
    this.workers += 1
  }

  /** Once. */
  async befallRedis(afterMs: number): Promise<void> {
    if (!(await this.#pause(afterMs))) return
    await this.#parts.redis.kill()
    await delay(REDIS_AWAY_MS)
    await this.#parts.redis.start()
    this.redis += 1
  }

  /** False: the signal came first. */
  #pause(ms: number): Promise<boolean> {
    return delay(ms, true, { signal: this.#signal }).catch(() => false)
  }
}
