import { setTimeout as delay } from 'node:timers/promises'
import type { AccountRemoval } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { eraseAtOf } from './disconnect-account.ts'
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
  /** Days after which all data of a removed account is erased. */
  readonly removedAccountDays: number
}

export type Removal =
  | {
      readonly type: 'removed'
      /** Whether the webhook was taken away; left: amoCRM did not answer in time, or there was none. */
      readonly hook: 'removed' | 'left'
      /** Run that takes away everything of ours; null: it stays as it is. */
      readonly cleanUp: string | null
      /** Milliseconds: when all that is known of the account is erased. */
      readonly eraseAt: number
    }
  /** A clean-up was asked for, and amoCRM does not let us in any more. Nothing was changed. */
  | { readonly type: 'no_access' }

/**
 * Lets an account go: its work ends, and with `cleanUp` all that stands there of ours is taken away first. What is known
 * of it is kept for the grace period, for it may be installed again; its tokens only until the clean-up is over.
 */
export async function removeAccount(
  context: AccountContext,
  parts: RemovalParts,
  options: { readonly cleanUp: boolean; readonly author: string },
): Promise<Removal> {
  const { accounts, queues, publicUrl } = parts
  const { id, clock, log } = context
  const former = context.record.removal
  const hasAccess = former?.tokens !== 'dropped'
  if (options.cleanUp && !hasAccess) return { type: 'no_access' }
  const cleanUp = options.cleanUp ? `clean-up-${clock()}` : null
  const fresh = { at: clock(), by: options.author, eraseAt: eraseAtOf({ ...parts, clock }), tokens: 'kept' } as const
  const removal: AccountRemoval = { ...(former ?? fresh), cleanUp: cleanUp ?? former?.cleanUp ?? null }
  // First: from now on only the clean-up runs, and nothing puts back what it takes away.
  await accounts.patch(id, { status: 'disconnected', problem: null, removal })
  await resumeAccount(context, queues)
  if (cleanUp !== null) await queues.add(id, [cleanUpJob(cleanUp)])
  const hook = hasAccess ? await unsubscribe(context, accounts, publicUrl) : 'left'
  log.info({ cleanUp, hook }, 'account removed')
  return { type: 'removed', hook, cleanUp, eraseAt: removal.eraseAt }
}

async function unsubscribe(
  { api, id, record, log }: AccountContext,
  accounts: AccountStore,
  publicUrl: string | null,
): Promise<'removed' | 'left'> {
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
