import type { Logger } from 'pino'
import { AmoError } from '../amocrm/amo-error.ts'
import type { AmoWebhook } from '../amocrm/entities.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { AccountContext } from './account-context.ts'
import { isConnecting } from './connect-account.ts'
import { HOOK_SETTINGS, hookDestination, subscribeHooks } from './hook-subscription.ts'

/** Claimed by whoever looks; without it the next sweep does. */
export const HOOKS_CHECKED = 'hooks-checked'

/** How often one request looks whether the subscription stands, s. */
const CHECKED_EVERY_S = 12 * 60

/** A replaced secret is taken so long after amoCRM knows the new one: it repeats a webhook for over an hour, s. */
export const FORMER_SECRET_S = 3 * 60 * 60

/**
 * Sees to it that the account's webhook stands, and no other of ours. People can remove it, and amoCRM switches it off
 * after more than 100 bad answers in two hours and tells nobody but its admins (webhooks, delivery). Where its secret
 * was replaced, this is where amoCRM hears of it.
 */
export async function keepHooks(
  context: AccountContext,
  accounts: AccountStore,
  publicUrl: string | null,
): Promise<void> {
  const { id, notes } = context
  if (publicUrl === null) return
  const isReplaced = await accounts.hasFormerHookSecrets(id)
  if (isConnecting(context) && !isReplaced) return
  if (!(await notes.claim(HOOKS_CHECKED, CHECKED_EVERY_S))) return
  const hooks = await standingHooks(context, await hookDestination(accounts, publicUrl, id), publicUrl).catch(
    async (error) => {
      // A new secret is not to wait for the next look.
      if (isReplaced) await notes.release(HOOKS_CHECKED)
      throw error
    },
  )
  if (isReplaced) await accounts.retireHookSecrets(id, FORMER_SECRET_S)
  if (hooks !== context.record.hooks) await accounts.patch(id, { hooks })
}

async function standingHooks(
  { api, log }: AccountContext,
  destination: string,
  publicUrl: string,
): Promise<AccountRecord['hooks']> {
  let webhooks: readonly AmoWebhook[]
  try {
    webhooks = await api.webhooks()
    const standing = webhooks.find((webhook) => webhook.destination === destination)
    const isWhole = standing && HOOK_SETTINGS.every((name) => standing.settings.includes(name))
    if (!isWhole || standing.disabled) {
      log.warn(
        { found: standing?.disabled ? 'switched off' : standing ? 'changed' : 'nothing' },
        'webhook subscribed again',
      )
      // Whether a new subscription switches on one that is off is not documented.
      if (standing?.disabled) await api.unsubscribe(destination)
      const hooks = await subscribeHooks(api, destination)
      if (hooks !== 'subscribed') return hooks
    }
  } catch (error) {
    // The plan has none, or the installer's rights do not reach as far.
    if (error instanceof AmoError && (error.code === 'payment_required' || error.code === 'forbidden'))
      return 'unavailable'
    throw error
  }
  // Only now: between two subscriptions nothing would be told.
  for (const former of webhooks) {
    if (former.destination === destination || !former.destination.startsWith(`${publicUrl}/hooks/`)) continue
    await unsubscribeFormer(api, former.destination, log)
  }
  return 'subscribed'
}

/** What amoCRM does not let go of is told in vain: a former secret is refused in the end. */
async function unsubscribeFormer(api: AccountContext['api'], destination: string, log: Logger): Promise<void> {
  try {
    await api.unsubscribe(destination)
    log.info('webhook with a former secret taken away')
  } catch (error) {
    if (!(error instanceof AmoError) || (error.code !== 'refused' && error.code !== 'forbidden')) throw error
    log.warn({ err: error }, 'webhook with a former secret is left')
  }
}
