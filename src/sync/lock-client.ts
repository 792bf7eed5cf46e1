import type { Lock } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { reconcileJob } from './job-catalog.ts'

/** Sets a segment by hand, in place of an earlier lock of the dimension. Answers whether the client is known. */
export function lockClient(
  context: AccountContext,
  queues: AccountQueues,
  ref: ClientRef,
  lock: Lock,
): Promise<boolean> {
  return changeLocks(context, queues, ref, (locks) => [...without(locks, lock.dimension), lock])
}

/** Lets the rules answer again. Answers whether the client is known; without a lock nothing changes. */
export function unlockClient(
  context: AccountContext,
  queues: AccountQueues,
  ref: ClientRef,
  dimension: string,
): Promise<boolean> {
  return changeLocks(context, queues, ref, (locks) => without(locks, dimension))
}

async function changeLocks(
  context: AccountContext,
  queues: AccountQueues,
  ref: ClientRef,
  change: (locks: readonly Lock[]) => readonly Lock[],
): Promise<boolean> {
  const { after } = await context.mirror.update(context.id, ref, (doc: ClientDoc | null) => {
    if (doc === null) return null
    const locks = change(doc.locks)
    if (locks.length === 0 && doc.locks.length === 0) return doc
    // Due at once: should the job be lost, the clock finds him.
    return { ...doc, locks, dueAt: nowSeconds(context) }
  })
  if (after === null) return false
  await queues.add(context.id, [reconcileJob(ref, 'live')])
  return true
}

function without(locks: readonly Lock[], dimension: string): readonly Lock[] {
  return locks.filter((lock) => lock.dimension !== dimension)
}
