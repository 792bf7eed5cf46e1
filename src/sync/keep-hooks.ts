import { AmoError } from '../amocrm/amo-error.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import { isConnecting } from './connect-account.ts'
import { HOOK_SETTINGS, hookDestination, subscribeHooks } from './hook-subscription.ts'

/** How often one request looks whether the subscription stands, s. */
const CHECKED_EVERY_S = 12 * 60

/**
 * Sees to it that the account's webhook stands. People can remove it, and amoCRM switches it off after more than 100 bad
 * answers in two hours and tells nobody but its admins (webhooks, delivery).
 */
export async function keepHooks(
  context: AccountContext,
  accounts: AccountStore,
  publicUrl: string | null,
): Promise<void> {
  if (publicUrl === null || isConnecting(context) || !(await context.notes.claim('hooks-checked', CHECKED_EVERY_S)))
    return
  const hooks = await standingHooks(context, await hookDestination(accounts, publicUrl, context.id))
  if (hooks !== context.record.hooks) await accounts.patch(context.id, { hooks })
}

async function standingHooks({ api, log }: AccountContext, destination: string): Promise<AccountRecord['hooks']> {
  try {
    const standing = (await api.webhooks()).find((webhook) => webhook.destination === destination)
    const isWhole = standing && HOOK_SETTINGS.every((name) => standing.settings.includes(name))
    if (isWhole && !standing.disabled) return 'subscribed'
    log.warn(
      { found: standing?.disabled ? 'switched off' : standing ? 'changed' : 'nothing' },
      'webhook subscribed again',
    )
    // Whether a new subscription switches on one that is off is not documented.
    if (standing?.disabled) await api.unsubscribe(destination)
  } catch (error) {
    // The plan has none, or the installer's rights do not reach as far.
    if (error instanceof AmoError && (error.code === 'payment_required' || error.code === 'forbidden'))
      return 'unavailable'
    throw error
  }
  return subscribeHooks(api, destination)
}
