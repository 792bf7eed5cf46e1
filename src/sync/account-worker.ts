import { type Job as BullJob, DelayedError, UnrecoverableError, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { AmoError } from '../amocrm/amo-error.ts'
import type { AccountStore } from '../store/account-store.ts'
import { parseClientKey } from '../store/client-key.ts'
import type { Keys } from '../store/keys.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountContexts } from './account-contexts.ts'
import type { AccountQueues } from './account-queues.ts'
import { clearTrouble, noteTrouble, restAfter } from './account-trouble.ts'
import { act } from './act.ts'
import { backfill } from './backfill.ts'
import { isBackfilling } from './backfill-state.ts'
import { adoptAggregates, recountGaps } from './gap-figures.ts'
import { actJob, type Job, jobSchema, patientBackoff, reconcileJob, redecideJob } from './job-catalog.ts'
import { look } from './look.ts'
import { reconcile } from './reconcile.ts'
import { redecide } from './redecide.ts'
import { refreshStructure } from './refresh-structure.ts'
import type { SendWebhook } from './send-webhook.ts'
import { sweep } from './sweep.ts'
import type { WriteBreaker } from './write-breaker.ts'

/** Enough jobs at once to fill a batch of 250 reads and one of 250 writes while both wait for their slot. */
const CONCURRENCY = 600

/** How long a crashed worker's jobs wait before another takes them, ms. */
const LOCK_MS = 30_000
const STALLED_CHECK_MS = 10_000

export interface WorkerParts {
  readonly connection: Redis
  readonly keys: Keys
  readonly contexts: AccountContexts
  readonly accounts: AccountStore
  readonly queues: AccountQueues
  readonly breaker: WriteBreaker
  readonly sendWebhook: SendWebhook
  readonly log: Logger
}

/** Runs the jobs of one account. More processes with such a worker share the account's work. */
export class AccountWorker {
  readonly #accountId: number
  readonly #parts: WorkerParts
  readonly #worker: Worker
  readonly #stopping = new AbortController()

  constructor(accountId: number, parts: WorkerParts) {
    this.#accountId = accountId
    this.#parts = parts
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
      settings: { backoffStrategy: patientBackoff },
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
    const context = await this.#parts.contexts.get(this.#accountId)
    if (!context || context.record.status === 'disconnected') return
    try {
      const isDone = await this.#work(context, parsed.data, job)
      await clearTrouble(this.#parts.accounts, context)
      if (isDone) return
    } catch (error) {
      await this.#rest(context, error)
      throw error
    }
    await job.moveToDelayed(Date.now(), token)
    throw new DelayedError()
  }

  /** False: stopped in the middle, to be taken up again. */
  async #work(context: AccountContext, job: Job, bullJob: BullJob): Promise<boolean> {
    switch (job.kind) {
      case 'look': {
        const touched = await look(context, job)
        await this.#parts.queues.add(
          context.id,
          touched.map((ref) => reconcileJob(ref, 'live')),
        )
        return true
      }
      case 'reconcile': {
        const ref = parseClientKey(job.client)
        if (!ref) throw new UnrecoverableError(`bad client key ${job.client}`)
        const { breaker, queues } = this.#parts
        const result = await reconcile(context, ref, { priority: job.priority, run: job.priority, breaker })
        if (result.type === 'settled') await queues.add(context.id, result.intents.map(actJob))
        return true
      }
      case 'act':
        await this.#act(context, job.key, bullJob)
        return true
      case 'backfill':
        return backfill(context, {
          run: job.run,
          signal: this.#stopping.signal,
          onProgress: (state) => bullJob.updateProgress({ ...state }),
          withFigures: async (known) => ((await adoptAggregates(known)) ? this.#fresh(known) : known),
        })
      case 'redecide':
        return this.#redecide(context, job.run)
      case 'sweep': {
        // A running backfill reads everything; the sweep goes on from the backfill's beginning.
        if (await isBackfilling(context.notes)) return true
        await refreshStructure(context, this.#parts.accounts, this.#parts.queues)
        if (await adoptAggregates(context)) await this.#useFigures(context)
        const changed = await sweep(context, this.#stopping.signal)
        await this.#parts.queues.add(
          context.id,
          changed.map((ref) => reconcileJob(ref, 'due')),
        )
        return true
      }
    }
  }

  async #redecide(context: AccountContext, run: string): Promise<boolean> {
    await recountGaps(context)
    const isMoved = await adoptAggregates(context)
    return redecide(isMoved ? await this.#fresh(context) : context, run, this.#stopping.signal)
  }

  /** The account's figures moved a threshold: every process is told, every client decided anew. */
  async #useFigures(context: AccountContext): Promise<void> {
    await this.#parts.accounts.announce(context.id)
    await this.#parts.queues.add(context.id, [redecideJob(`figures-${context.clock()}`)])
  }

  /** The context with what has just been stored. */
  async #fresh(context: AccountContext): Promise<AccountContext> {
    await this.#parts.accounts.announce(context.id)
    this.#parts.contexts.drop(context.id)
    return (await this.#parts.contexts.get(context.id)) ?? context
  }

  /** After the last try an action is given up, or its intent would be tried for ever. */
  async #act(context: AccountContext, key: string, { attemptsMade, opts }: BullJob): Promise<void> {
    try {
      await act(context, key, this.#parts.sendWebhook)
    } catch (error) {
      if (restAfter(error) === null && attemptsMade + 1 >= (opts.attempts ?? 1)) {
        context.log.error({ err: error, accountId: context.id, key }, 'an entry action was given up')
        await context.intents.done(context.id, key, 'given up')
      }
      throw error
    }
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
