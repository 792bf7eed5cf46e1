import type { AmoApi } from '../amocrm/amo-api.ts'
import { AmoError } from '../amocrm/amo-error.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'

const ENTITIES = ['lead', 'contact', 'company'] as const

/** Names of amoCRM's webhook settings (POST /api/v4/webhooks) for everything that can move a segment. */
export const HOOK_SETTINGS: readonly string[] = [
  ...ENTITIES.flatMap((entity) =>
    ['add', 'update', 'delete', 'restore', 'responsible', 'note'].map((action) => `${action}_${entity}`),
  ),
  'status_lead',
]

/** Talks tell that a client wrote; not every plan and platform knows the setting. */
const TALK_SETTINGS: readonly string[] = ['add_talk', 'update_talk']

/** Where an account's webhooks go; the secret in it is their only proof. */
export async function hookDestination(accounts: AccountStore, publicUrl: string, accountId: number): Promise<string> {
  return `${publicUrl}/hooks/${await accounts.hookSecret(accountId)}`
}

/**
 * Subscribes the account's webhook. Repeating it changes nothing. Where the plan has no webhooks the sweep alone keeps
 * the base true, later than a hook would.
 */
export async function subscribeHooks(api: AmoApi, destination: string): Promise<AccountRecord['hooks']> {
  try {
    await api.subscribe(destination, [...HOOK_SETTINGS, ...TALK_SETTINGS])
    return 'subscribed'
  } catch (error) {
    if (!(error instanceof AmoError)) throw error
    if (error.code === 'payment_required' || error.code === 'forbidden') return 'unavailable'
    if (error.code !== 'refused') throw error
  }
  await api.subscribe(destination, HOOK_SETTINGS)
  return 'subscribed'
}
