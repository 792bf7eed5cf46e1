import { type Job as BullJob, DelayedError, RateLimitError } from 'bullmq'
import type { Job } from './job-catalog.ts'
import type { JobOutcome, SyncEvents } from './sync-events.ts'

/** Ends as the work does, and tells how that was. */
export async function observeJob(
  events: SyncEvents | undefined,
  kind: Job['kind'],
  job: Pick<BullJob, 'timestamp' | 'attemptsStarted' | 'opts'>,
  work: () => Promise<'done' | 'dropped'>,
): Promise<void> {
  if (!events?.jobDone) return void (await work())
  const isFirstTry = job.attemptsStarted <= 1 && !job.opts.delay
  const waitedMs = isFirstTry ? Math.max(0, Date.now() - job.timestamp) : null
  const startedAt = performance.now()
  let outcome: JobOutcome = 'failed'
  try {
    outcome = await work()
  } catch (error) {
    outcome = outcomeOf(error)
    throw error
  } finally {
    events.jobDone({ kind, outcome, ms: performance.now() - startedAt, waitedMs })
  }
}

/** These two are how a job is put back into its queue. */
function outcomeOf(error: unknown): JobOutcome {
  if (error instanceof DelayedError) return 'handed_back'
  return error instanceof RateLimitError ? 'rested' : 'failed'
}
