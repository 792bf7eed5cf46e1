import { type Job as BullJob, DelayedError, type Telemetry, UnrecoverableError, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { AmoError } from '../amocrm/amo-error.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { AccountContext } from './account-context.ts'
import { clearTrouble, noteTrouble, restAfter } from './account-trouble.ts'
import { withCause } from './cause.ts'
import { isOnWholeBase, type Job, jobSchema, patientBackoff } from './job-catalog.ts'
import { JobRunner, type RunnerParts } from './job-runner.ts'
import { observeJob } from './observe-job.ts'
import type { SyncEvents } from './sync-events.ts'
import { trackRun } from './track-run.ts'

/** Enough jobs at once to fill a batch of 250 reads and one of 250 writes while both wait for their slot. */
const CONCURRENCY = 600

/** How long a crashed worker's jobs wait before another takes them, ms. */
const LOCK_MS = 30_000
const STALLED_CHECK_MS = 10_000

/** How long a resting account may not notice that it was connected again, or that its worker is to close, ms. */
const REST_CHECK_MS = 1_000

export interface WorkerParts extends RunnerParts {
  readonly connection: RedisClient
  readonly keys: Keys
  readonly log: Logger
  /** Absent: nobody counts. */
  readonly events?: SyncEvents | undefined
  /** Absent: nothing is traced. */
  readonly telemetry?: Telemetry | undefined
}

/** Runs the jobs of one account. More processes with such a worker share the account's work. */
export class AccountWorker {
  readonly #accountId: number
  readonly #parts: WorkerParts
  readonly #runner: JobRunner
  readonly #worker: Worker
  readonly #stopping = new AbortController()

  constructor(accountId: number, parts: WorkerParts) {
    this.#accountId = accountId
    this.#parts = parts
    this.#runner = new JobRunner(parts)
    this.#worker = new Worker(parts.keys.queueOf(accountId), (job, token) => this.#run(job, token), {
      connection: parts.connection,
      prefix: parts.keys.jobs,
      concurrency: CONCURRENCY,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      // A job that a crash interrupts is never given up: every step of it may be repeated.
      maxStalledCount: 1_000,
      // Never reached: BullMQ looks at a queue's rest (`rateLimit`) only when a limit is set.
      limiter: { max: 1_000_000, duration: 1_000 },
      maximumRateLimitDelay: REST_CHECK_MS,
      settings: { backoffStrategy: patientBackoff },
      ...(parts.telemetry && { telemetry: parts.telemetry }),
    })
    this.#worker.on('error', (error) => parts.log.debug({ err: error, accountId }, 'worker connection'))
    this.#worker.on('failed', (job, error) => {
      parts.log.warn({ err: error, accountId, job: job?.name, attempts: job?.attemptsMade }, 'job failed')
    })
  }

  /** Lets short jobs finish, hands the backfill back at its checkpoint. */
  async close(): Promise<void> {
    this.#stopping.abort()
    await this.#worker.close()
  }

  async #run(job: BullJob, token: string | undefined): Promise<void> {
    const parsed = jobSchema.safeParse(job.data)
    if (!parsed.success) throw new UnrecoverableError(`bad payload of job ${job.name}: ${parsed.error.message}`)
    await observeJob(this.#parts.events, parsed.data.kind, job, () => this.#carryOut(parsed.data, job, token))
  }

  async #carryOut(data: Job, job: BullJob, token: string | undefined): Promise<'done' | 'dropped'> {
    // Work on the whole base follows from a change whose announcement may still be on its way.
    if (isOnWholeBase(data)) this.#parts.contexts.drop(this.#accountId)
    const known = await this.#parts.contexts.get(this.#accountId)
    // What is left of a removed account's work is dropped; only the clean-up of it goes on.
    if (!known || !isToBeDone(known.record, data)) return 'dropped'
    const context = withCause(known, 'cause' in data ? data.cause : undefined)
    const served = context.api.served()
    try {
      const isDone = await trackRun(context, data, {
        work: (signal) => this.#runner.run(context, data, job, signal),
        signal: this.#stopping.signal,
        isLastTry: job.attemptsMade + 1 >= (job.opts.attempts ?? 1),
        after: () => this.#parts.contexts.get(this.#accountId),
      })
      // A job that needed no call says nothing about the account.
      if (context.api.served() > served) await clearTrouble(this.#parts.accounts, context)
      if (isDone) return 'done'
    } catch (error) {
      await this.#rest(context, error)
      throw error
    }
    await job.moveToDelayed(Date.now(), token)
    throw new DelayedError()
  }

  /** When the failure is the account's, all of its work rests for a while and its jobs go back unharmed. */
  async #rest(context: AccountContext, error: unknown): Promise<void> {
    const restMs = restAfter(error)
    if (restMs === null || !(error instanceof AmoError)) return
    await noteTrouble(this.#parts.accounts, context, error, restMs)
    await this.#parts.queues.of(context.id).rateLimit(restMs)
    throw Worker.RateLimitError()
  }
}

/** Of a removed account the clean-up is, as long as there is access to it. */
function isToBeDone({ status, removal }: AccountRecord, { kind }: Job): boolean {
  return status !== 'disconnected' || (kind === 'clean_up' && removal?.tokens !== 'dropped')
}
