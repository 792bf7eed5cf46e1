import { createHash, randomUUID } from 'node:crypto'
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { TokenPair } from '../amocrm/token-store.ts'
import type { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { SecretBox } from '../store/secret-box.ts'
import type { TokenVault } from '../store/token-vault.ts'
import { patientBackoff } from './job-catalog.ts'

/** What amoCRM sends when somebody installs the integration (OAuth redirect). */
export interface InstallRequest {
  /** Works once, within 20 minutes. */
  readonly code: string
  readonly host: string
  readonly fromWidget: boolean
}

const payloadSchema = z.strictObject({
  id: z.uuid(),
  host: z.string(),
  sealedCode: z.string(),
  fromWidget: z.boolean(),
})

/** Lives as long as the code: later tries could not succeed. */
const ATTEMPTS = 9

/** Takes installations into a queue, so that amoCRM's three seconds are kept and a crash loses none. */
export class InstallQueue {
  readonly #queue: Queue
  readonly #box: SecretBox

  constructor(connection: RedisClient, keys: Keys, box: SecretBox, log: Logger) {
    this.#box = box
    this.#queue = new Queue(keys.systemQueue, { connection, prefix: keys.jobs, skipWaitingForReady: true })
    this.#queue.on('error', (error) => log.debug({ err: error }, 'install queue connection'))
  }

  /** `repeated`: the code was shown before; the first one counts. */
  async request(install: InstallRequest): Promise<'queued' | 'repeated'> {
    const id = randomUUID()
    const sealedCode = this.#box.seal(install.code, `install-code:${id}`)
    const payload = { id, host: install.host, fromWidget: install.fromWidget, sealedCode }
    // The platform may show the same code twice (a reloaded page): the first one counts.
    const deduplication = { id: fingerprint(install.code), ttl: 20 * 60_000 }
    const kept = { removeOnComplete: true, removeOnFail: { age: 86_400 } }
    const job = await this.#queue.add('install', payload, {
      ...kept,
      jobId: id,
      attempts: ATTEMPTS,
      backoff: { type: 'patient' },
      deduplication,
    })
    return job.id === id ? 'queued' : 'repeated'
  }

  close(): Promise<void> {
    return this.#queue.close()
  }
}

export interface InstallWorkerParts {
  readonly connection: RedisClient
  readonly keys: Keys
  readonly box: SecretBox
  readonly vault: TokenVault
  readonly exchangeCode: (host: string, code: string) => Promise<TokenPair>
  readonly connect: (host: string, pair: TokenPair) => Promise<void>
  /** Whether repeating the call could help. */
  readonly isFinal: (error: unknown) => boolean
  readonly log: Logger
}

/** Carries out installations: exchanges the code once, keeps the pair, and connects the account. */
export class InstallWorker {
  readonly #worker: Worker
  readonly #parts: InstallWorkerParts

  constructor(parts: InstallWorkerParts) {
    this.#parts = parts
    this.#worker = new Worker(parts.keys.systemQueue, (job) => this.#install(job), {
      connection: parts.connection,
      prefix: parts.keys.jobs,
      concurrency: 20,
      stalledInterval: 10_000,
      maxStalledCount: 1_000,
      settings: { backoffStrategy: patientBackoff },
    })
    this.#worker.on('error', (error) => parts.log.debug({ err: error }, 'install worker connection'))
    this.#worker.on('failed', (job, error) => {
      parts.log.error({ err: error, host: job?.data.host, attempts: job?.attemptsMade }, 'installation failed')
    })
  }

  close(): Promise<void> {
    return this.#worker.close()
  }

  async #install(job: Job): Promise<void> {
    const parsed = payloadSchema.safeParse(job.data)
    if (!parsed.success) throw new UnrecoverableError(`bad payload of an installation: ${parsed.error.message}`)
    const { id, host, sealedCode } = parsed.data
    const code = this.#parts.box.open(sealedCode, `install-code:${id}`)
    try {
      await this.#parts.connect(host, await this.#pair(host, code))
    } catch (error) {
      if (this.#parts.isFinal(error))
        throw new UnrecoverableError(error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  /** The code works once: what it was exchanged for is kept before anything else is tried. */
  async #pair(host: string, code: string): Promise<TokenPair> {
    const mark = fingerprint(code)
    const kept = await this.#parts.vault.readPending(mark)
    if (kept) return kept
    const pair = await this.#parts.exchangeCode(host, code)
    await this.#parts.vault.writePending(mark, pair)
    return pair
  }
}

function fingerprint(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 32)
}
