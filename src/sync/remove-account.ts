import { setTimeout as delay } from 'node:timers/promises'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { hookDestination } from './hook-subscription.ts'
import { cleanUpJob } from './job-catalog.ts'
import { resumeAccount } from './pause-account.ts'

/** Somebody waits for the answer; amoCRM may not have one, ms. */
const UNSUBSCRIBE_LIMIT_MS = 5_000

export interface RemovalParts {
  readonly accounts: AccountStore
  readonly queues: AccountQueues
  /** Where the service is reached from outside; null: not set. */
  readonly publicUrl: string | null
}

/** What became of the account's webhook: taken away, or left because amoCRM did not answer in time or there was none. */
export interface Removal {
  readonly hook: 'removed' | 'left'
  /** Run that takes away everything of ours; null: it stays as it is. */
  readonly cleanUp: string | null
}

/**
 * Lets an account go: its work ends, and with `cleanUp` all that stands there of ours is taken away first. What is known
 * of it is kept, for it may be installed again.
 */
export async function removeAccount(
  context: AccountContext,
  { accounts, queues, publicUrl }: RemovalParts,
  options: { readonly cleanUp: boolean },
): Promise<Removal> {
  const { id, clock, log } = context
  // First: from now on only the clean-up runs, and nothing puts back what it takes away.
  await accounts.patch(id, { status: 'disconnected', problem: null })
  await resumeAccount(context, queues)
  const cleanUp = options.cleanUp ? `clean-up-${clock()}` : null
  if (cleanUp !== null) await queues.add(id, [cleanUpJob(cleanUp)])
  const hook = await unsubscribe(context, accounts, publicUrl)
  log.info({ cleanUp, hook }, 'account removed')
  return { hook, cleanUp }
}

async function unsubscribe(
  { api, id, record, log }: AccountContext,
  accounts: AccountStore,
  publicUrl: string | null,
): Promise<Removal['hook']> {
  if (publicUrl === null || record.hooks !== 'subscribed') return 'left'
  const unsubscribing = api.unsubscribe(await hookDestination(accounts, publicUrl, id)).then(
    () => 'removed' as const,
    (error) => {
      log.warn({ err: error }, 'the webhook of a removed account is left: what it tells is ignored')
      return 'left' as const
    },
  )
  return Promise.race([unsubscribing, delay(UNSUBSCRIBE_LIMIT_MS, 'left' as const, { ref: false })])
}
