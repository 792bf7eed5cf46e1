import type { RunOutcome } from '../store/run-store.ts'
import type { AccountContext } from './account-context.ts'
import { readBackfill, unfinishedBackfill, writeBackfill } from './backfill-state.ts'
import type { Job } from './job-catalog.ts'
import { readPause } from './pause-account.ts'
import { endRollout, pendingRollout, rolloutRun } from './rollout.ts'

/** How long work goes on after it was called off, or the account paused, ms. */
const CHECK_MS = 1_000

export interface Tracking {
  /** Does the work; false: the signal stopped it before its end. */
  readonly work: (signal: AbortSignal) => Promise<boolean>
  /** The process stops: the work is handed on, not ended. */
  readonly signal: AbortSignal
  /** No further try is made after a failure of this one. */
  readonly isLastTry: boolean
  /** The account as it is when the work has ended. */
  readonly after: () => Promise<AccountContext | null>
}

/**
 * Does a job, and remembers of a run over the base that it began, how it ended, and what came of it; one that was called
 * off is stopped, or not begun at all; one of an account that is paused goes back to the queue, at its checkpoint. Answers
 * as the work does, and true for what was called off.
 */
export async function trackRun(context: AccountContext, job: Job, tracking: Tracking): Promise<boolean> {
  const names = await wantedRuns(context, job)
  if (names === null) return true
  const [run] = names
  if (run === undefined) return tracking.work(tracking.signal)
  const { id, runs, clock } = context
  const end = (outcome: RunOutcome) => Promise.all(names.map((name) => runs.ended(id, name, outcome, clock())))
  await Promise.all(names.map((name) => runs.begun(id, name, clock())))
  const [stop, hold] = [new AbortController(), new AbortController()]
  const watch = setInterval(() => {
    Promise.all([runs.isCancelled(id, run), readPause(context.notes)]).then(
      ([isCancelled, pause]) => {
        if (isCancelled) stop.abort()
        // The queue of a paused account gives no work out; what is under way goes back to it.
        if (pause !== null) hold.abort()
      },
      () => undefined,
    )
  }, CHECK_MS)
  try {
    const isDone = await tracking.work(AbortSignal.any([tracking.signal, stop.signal, hold.signal]))
    await noteFigures(context, run)
    if (!isDone && !stop.signal.aborted) return false
    if (!isDone) await callOff(context, job, run)
    await end(!isDone ? 'cancelled' : await outcomeOf(run, tracking.after))
    return true
  } catch (error) {
    if (tracking.isLastTry) await end('failed')
    throw error
  } finally {
    clearInterval(watch)
  }
}

/** The runs a job is for that were not called off before they began; null: all were. */
async function wantedRuns(context: AccountContext, job: Job): Promise<string[] | null> {
  const { id, runs, clock } = context
  for (;;) {
    const names = await runNames(context, job)
    const [run] = names
    if (run === undefined || !(await runs.isCancelled(id, run))) return names
    await callOff(context, job, run)
    await runs.ended(id, run, 'cancelled', clock())
    // In place of a policy's run the job does what it was added for.
    if (names.length === 1) return null
  }
}

/** The run that is done first; after it the one the job was added for, where a rollout took its place. */
async function runNames(context: AccountContext, job: Job): Promise<string[]> {
  switch (job.kind) {
    case 'backfill':
    case 'redecide': {
      const rollout = await pendingRollout(context, job.kind)
      return [...new Set([rollout?.run ?? job.run, job.run])]
    }
    case 'undo':
      return [undoRun(job.run)]
    case 'clean_up':
      return [job.run]
    default:
      return []
  }
}

/** Name of the run that takes another one back, in the journal too. */
export function undoRun(run: string): string {
  return `undo-${run}`
}

async function noteFigures({ id, notes, runs }: AccountContext, run: string): Promise<void> {
  const state = await readBackfill(notes)
  if (state?.run === run) await runs.reached(id, run, { clients: state.clients, writes: state.writes })
}

/** What was called off is not taken up again by the sweep. */
async function callOff(context: AccountContext, { kind }: Job, run: string): Promise<void> {
  const state = kind === 'backfill' ? await unfinishedBackfill(context.notes) : null
  if (state?.run === run)
    await writeBackfill(context.notes, { ...state, phase: 'done', page: 0, finishedAt: context.clock() })
  const rollout = await pendingRollout(context)
  if (rollout?.run === run) await endRollout(context, rollout.version)
  context.log.info({ run }, 'run called off')
}

/** A policy that another one replaced was brought to some clients only. */
async function outcomeOf(run: string, after: Tracking['after']): Promise<RunOutcome> {
  const version = /^policy-(\d+)$/.exec(run)?.[1]
  if (version === undefined) return 'done'
  const now = await after()
  return now !== null && rolloutRun(now.policyVersion) !== run ? 'superseded' : 'done'
}
