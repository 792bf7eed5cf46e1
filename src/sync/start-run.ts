import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { BACKFILL_DEDUPLICATION, backfillJob, undoJob } from './job-catalog.ts'
import { undoRun } from './track-run.ts'

/**
 * Has the whole base read again. Answers the run; where one is waiting for its turn already, that one, and nothing is
 * added: it will read everything anyway.
 */
export async function startResync(context: AccountContext, queues: AccountQueues, author: string): Promise<string> {
  const { id, runs, clock } = context
  const queue = queues.of(id)
  const jobId = await queue.getDeduplicationJobId(BACKFILL_DEDUPLICATION)
  const job = jobId === null ? undefined : await queue.getJob(jobId)
  if (job !== undefined && !(await job.isActive())) return String(job.data.run)
  const run = `resync-${clock()}`
  await runs.asked(id, run, author, clock())
  await queues.add(id, [backfillJob(run)])
  return run
}

/** Has what a run wrote taken back; answers the run that does it. */
export async function startUndo(
  context: AccountContext,
  queues: AccountQueues,
  run: string,
  author: string,
): Promise<string> {
  const { id, runs, clock } = context
  const undoing = undoRun(run)
  await runs.forget(id, undoing)
  await runs.asked(id, undoing, author, clock())
  await queues.add(id, [undoJob(run)])
  return undoing
}
