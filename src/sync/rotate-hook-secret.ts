import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import type { AccountQueues } from './account-queues.ts'
import { sweepJob } from './job-catalog.ts'
import { HOOKS_CHECKED } from './keep-hooks.ts'

/**
 * Replaces the secret in the address of the account's webhook. The next sweep, which is asked for at once, subscribes
 * the new address and takes the old one away; hooks with the old secret are taken until then, and for a while after.
 */
export async function rotateHookSecret(
  { id, notes }: Pick<AccountContext, 'id' | 'notes'>,
  { accounts, queues }: { readonly accounts: AccountStore; readonly queues: AccountQueues },
): Promise<void> {
  await accounts.rotateHookSecret(id)
  await notes.release(HOOKS_CHECKED)
  await queues.add(id, [sweepJob()])
}
