import type { AccountNotes } from '../store/account-notes.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'

const NOTE = 'pause'

/** Who did something to an account, and when (ms). */
export interface ByHand {
  readonly author: string
  readonly at: number
}

/** Stops all work of an account until somebody resumes it. Events still come in and wait; nothing is lost. */
export async function pauseAccount(
  { id, notes, clock, log }: AccountContext,
  queues: AccountQueues,
  author: string,
): Promise<void> {
  await notes.set(NOTE, { author, at: clock() } satisfies ByHand)
  await queues.of(id).pause()
  log.info('the work of the account was stopped by hand')
}

/** Lets the work go on; nothing happens when it was not stopped. */
export async function resumeAccount(
  { id, notes, log }: Pick<AccountContext, 'id' | 'notes' | 'log'>,
  queues: AccountQueues,
): Promise<void> {
  await queues.of(id).resume()
  await notes.remove(NOTE)
  log.info('the work of the account goes on')
}

export const readPause = (notes: AccountNotes): Promise<ByHand | null> => notes.get<ByHand>(NOTE)
