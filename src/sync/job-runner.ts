import { setTimeout as delay } from 'node:timers/promises'
import { type Job as BullJob, UnrecoverableError } from 'bullmq'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { AccountStore } from '../store/account-store.ts'
import { parseClientKey } from '../store/client-key.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountContexts } from './account-contexts.ts'
import type { AccountQueues } from './account-queues.ts'
import { restAfter } from './account-trouble.ts'
import { act } from './act.ts'
import { backfill } from './backfill.ts'
import { BACKFILL_PHASES, readBackfill } from './backfill-state.ts'
import { withCause } from './cause.ts'
import { cleanUp } from './clean-up.ts'
import { adoptAggregates, recountGaps } from './gap-figures.ts'
import {
  actJob,
  BACKFILL_DEDUPLICATION,
  backfillJob,
  type Job,
  type JobSpec,
  REDECIDE_DEDUPLICATION,
  reconcileJob,
  redecideJob,
  rolloutJob,
} from './job-catalog.ts'
import { keepHooks } from './keep-hooks.ts'
import { look } from './look.ts'
import { postpone } from './postpone.ts'
import { progressOf } from './queries/backfill-progress.ts'
import { reconcile } from './reconcile.ts'
import { redecide } from './redecide.ts'
import { refreshStructure } from './refresh-structure.ts'
import { endRollout, heldUnder, pendingRollout } from './rollout.ts'
import { intendSegmentActions } from './segment-actions.ts'
import type { SendWebhook } from './send-webhook.ts'
import { sweep } from './sweep.ts'
import { REPAIRS } from './sweep-watermark.ts'
import { undo } from './undo.ts'
import { wantedBackfill } from './wanted-backfill.ts'
import type { WriteBreaker } from './write-breaker.ts'

export interface RunnerParts {
  readonly contexts: AccountContexts
  readonly accounts: AccountStore
  readonly queues: AccountQueues
  readonly breaker: WriteBreaker
  readonly sendWebhook: SendWebhook
  /** Where the service is reached from outside; null: not set, so no hooks. */
  readonly publicUrl: string | null
}

/** How often it is looked whether a run that was called off has come to its end, ms. */
const CALLED_OFF_MS = 200

type JobOf<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>

const ENTITY_TYPES = { lead: 'leads', contact: 'contacts', company: 'companies' } as const

/** Whether the hook only tells of what we wrote ourselves. */
async function isEcho(
  { echoes, id: accountId }: AccountContext,
  { entity, id, incoming, seen }: JobOf<'look'>,
): Promise<boolean> {
  if (!seen || incoming) return false
  return echoes.consume(accountId, { entity: ENTITY_TYPES[entity], id, digest: seen.digest }, seen.updatedAt)
}

/** What each kind of job does. */
export class JobRunner {
  readonly #parts: RunnerParts

  constructor(parts: RunnerParts) {
    this.#parts = parts
  }

  /** False: the signal stopped it in the middle, to be taken up again. */
  run(context: AccountContext, job: Job, bullJob: BullJob, signal: AbortSignal): Promise<boolean> {
    switch (job.kind) {
      case 'look':
        return this.#look(context, job)
      case 'reconcile':
        return this.#reconcile(context, job)
      case 'act':
        return this.#act(context, job, bullJob)
      case 'segment_actions':
        return this.#segmentActions(context, job)
      case 'backfill':
        return this.#backfill(context, job, bullJob, signal)
      case 'redecide':
        return this.#redecide(context, job, signal)
      case 'undo':
        return this.#undo(context, job, signal)
      case 'clean_up':
        return this.#cleanUp(context, job, signal)
      case 'sweep':
        return this.#sweep(context, signal)
    }
  }

  async #look(context: AccountContext, job: JobOf<'look'>): Promise<boolean> {
    if (await isEcho(context, job)) return true
    const { entity, id, incoming } = job
    const touched = await look(context, { entity, id, incoming })
    await this.#parts.queues.add(
      context.id,
      touched.map((ref) => reconcileJob(ref, 'live', job.cause)),
    )
    return true
  }

  async #reconcile(installed: AccountContext, { client, priority, cause }: JobOf<'reconcile'>): Promise<boolean> {
    const ref = parseClientKey(client)
    if (!ref) throw new UnrecoverableError(`bad client key ${client}`)
    const { breaker, queues } = this.#parts
    let context = installed
    for (;;) {
      const result = await reconcile(context, ref, { priority, run: priority, breaker }).catch(async (error) => {
        if (restAfter(error) === null) await postpone(context, ref)
        throw error
      })
      if (result.type === 'settled')
        await queues.add(
          context.id,
          result.intents.map((key) => actJob(key, cause)),
        )
      const current = await this.#current(context)
      // The policy changed meanwhile, and who went over the base may have passed this client before the old answer came.
      if (current.compiled === context.compiled) return true
      context = current
    }
  }

  /** After the last try an action is given up, or its intent would be tried for ever. */
  async #act(context: AccountContext, { key }: JobOf<'act'>, { attemptsMade, opts }: BullJob): Promise<boolean> {
    try {
      if (await act(context, key, this.#parts.sendWebhook)) return true
    } catch (error) {
      if (restAfter(error) === null && attemptsMade + 1 >= (opts.attempts ?? 1)) {
        context.log.error({ err: error, key }, 'an entry action was given up')
        await context.intents.giveUp(context.id, key)
      }
      throw error
    }
    throw new Error('another worker has this action: looked at again, in case it crashed')
  }

  /** Reads the deal and its client first: what is done follows from what is true now. */
  async #segmentActions(context: AccountContext, job: JobOf<'segment_actions'>): Promise<boolean> {
    const { deal, incoming, cause } = job
    const touched = await look(context, { entity: 'lead', id: deal, incoming })
    const intents = await intendSegmentActions(context, job)
    await this.#parts.queues.add(context.id, [
      ...touched.map((ref) => reconcileJob(ref, 'live', cause)),
      ...intents.map((key) => actJob(key, cause)),
    ])
    return true
  }

  async #backfill(
    context: AccountContext,
    { run }: JobOf<'backfill'>,
    bullJob: BullJob,
    signal: AbortSignal,
  ): Promise<boolean> {
    const rollout = await pendingRollout(context, 'backfill')
    const phases = BACKFILL_PHASES[context.policy.clientEntity]
    const isDone = await backfill(context, {
      run: rollout?.run ?? run,
      signal,
      onProgress: (state) => bullJob.updateProgress({ ...progressOf(state, phases, context.clock()) }),
      current: (known) => this.#current(known),
      withFigures: async (known) => ((await adoptAggregates(known)) ? this.#fresh(known) : known),
    })
    if (isDone && rollout) await endRollout(context, rollout.version)
    return isDone
  }

  /** A rollout that is pending is what is done, whatever the job was first added for. */
  async #redecide(installed: AccountContext, job: JobOf<'redecide'>, signal: AbortSignal): Promise<boolean> {
    await recountGaps(installed)
    const context = (await adoptAggregates(installed)) ? await this.#fresh(installed) : installed
    const rollout = await pendingRollout(context, 'redecide')
    const { run } = rollout ?? job
    const heldOf = (ref: ClientRef) => (rollout ? heldUnder(rollout, ref) : job.held)
    // Ends early when another policy was saved since, or the run was undone.
    const current = async () => {
      const now = await this.#current(context)
      if (!rollout) return now
      return (await pendingRollout(now, 'redecide'))?.version === rollout.version ? now : null
    }
    const isDone = await redecide(context, { run, heldOf, signal, current })
    if (isDone && rollout) await endRollout(context, rollout.version)
    return isDone
  }

  async #undo(context: AccountContext, { run }: JobOf<'undo'>, signal: AbortSignal): Promise<boolean> {
    const rollout = await pendingRollout(context)
    if (rollout?.run === run) {
      await context.runs.cancel(context.id, run, context.clock())
      await endRollout(context, rollout.version)
      if (!(await this.#massWorkEnded(context, signal))) return false
    }
    const report = await undo(context, run, signal)
    if (report) await context.notes.set(`undo:${run}`, report)
    return report !== null
  }

  /** Waits for the writes of a run that was called off; false: the signal came first. */
  async #massWorkEnded({ id }: AccountContext, signal: AbortSignal): Promise<boolean> {
    const queue = this.#parts.queues.of(id)
    for (const deduplication of [REDECIDE_DEDUPLICATION, BACKFILL_DEDUPLICATION]) {
      while (!signal.aborted && (await queue.getDeduplicationJobId(deduplication)) !== null) await delay(CALLED_OFF_MS)
    }
    return !signal.aborted
  }

  async #cleanUp(context: AccountContext, { run }: JobOf<'clean_up'>, signal: AbortSignal): Promise<boolean> {
    const report = await cleanUp(context, run, signal)
    if (report) await context.notes.set('clean-up', report)
    return report !== null
  }

  async #sweep(context: AccountContext, signal: AbortSignal): Promise<boolean> {
    const { accounts, queues, publicUrl } = this.#parts
    await context.journal.trim(context.id, context.clock())
    await keepHooks(context, accounts, publicUrl)
    const wanted = await wantedBackfill(context)
    if (wanted) await this.#addUnlessQueued(context, BACKFILL_DEDUPLICATION, backfillJob(wanted.run))
    // A backfill that is under way or still to come reads everything; the sweep goes on from its beginning.
    if (wanted?.isBegun || (await readBackfill(context.notes)) === null) return true
    await this.#resumeRollout(context)
    await refreshStructure(context, accounts, queues)
    if (await adoptAggregates(context)) {
      await accounts.announce(context.id)
      await queues.add(context.id, [redecideJob(`figures-${context.clock()}`, 'leave')])
    }
    const changed = await sweep(context, signal)
    if (changed.length > 0) {
      await context.notes.add(REPAIRS, changed.length)
      context.log.info({ clients: changed.length }, 'the sweep found what no webhook had told')
    }
    await queues.add(
      context.id,
      changed.map((ref) => reconcileJob(ref, 'due')),
    )
    return true
  }

  /** One whose job was lost or given up is taken up again. */
  async #resumeRollout(context: AccountContext): Promise<void> {
    const rollout = await pendingRollout(context)
    if (!rollout || !context.rollout) return
    const deduplication = rollout.work === 'backfill' ? BACKFILL_DEDUPLICATION : REDECIDE_DEDUPLICATION
    await this.#addUnlessQueued(context, deduplication, rolloutJob(rollout.version, context.rollout))
  }

  /** Adds a job unless one of its kind waits or is under way. */
  async #addUnlessQueued({ id }: AccountContext, deduplication: string, job: JobSpec): Promise<void> {
    const { queues } = this.#parts
    if ((await queues.of(id).getDeduplicationJobId(deduplication)) === null) await queues.add(id, [job])
  }

  /** The context as it is now; the known one for an account that was removed. */
  async #current(known: AccountContext): Promise<AccountContext> {
    const current = await this.#parts.contexts.get(known.id)
    return current && current.record.status !== 'disconnected' ? withCause(current, known.cause) : known
  }

  /** The context with what has just been stored. */
  async #fresh(context: AccountContext): Promise<AccountContext> {
    await this.#parts.accounts.announce(context.id)
    this.#parts.contexts.drop(context.id)
    return (await this.#parts.contexts.get(context.id)) ?? context
  }
}
