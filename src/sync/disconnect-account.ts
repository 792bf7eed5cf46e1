import type { Logger } from 'pino'
import { AccountNotes } from '../store/account-notes.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { Keys } from '../store/keys.ts'
import type { RedisClient } from '../store/redis-client.ts'
import type { TokenVault } from '../store/token-vault.ts'
import type { AccountQueues } from './account-queues.ts'
import { resumeAccount } from './pause-account.ts'

const DAY_MS = 86_400_000

export interface DisconnectParts {
  readonly redis: RedisClient
  readonly keys: Keys
  readonly accounts: AccountStore
  readonly vault: TokenVault
  readonly queues: AccountQueues
  /** Days after which all data of a removed account is erased. */
  readonly removedAccountDays: number
  readonly log: Logger
  readonly clock: () => number
}

/** The instant at which a removal of now is followed by the erasure, ms. */
export function eraseAtOf({
  removedAccountDays,
  clock,
}: Pick<DisconnectParts, 'removedAccountDays' | 'clock'>): number {
  return clock() + removedAccountDays * DAY_MS
}

/**
 * Somebody switched the integration off in amoCRM: all its tokens are dead (amoCRM, disconnect hook), so they are dropped,
 * the work ends, and what stands on the cards stays. The data is kept for the grace period, in which a new installation
 * takes it up again. Nothing happens when the account is unknown, or when this was told before.
 */
export async function disconnectAccount(parts: DisconnectParts, accountId: number): Promise<void> {
  const { redis, keys, accounts, vault, queues, clock } = parts
  const before = await accounts.change(accountId, (record) => switchedOff(record, parts))
  if (before === null && (await accounts.read(accountId)) === null) return
  await vault.removeTokens(accountId)
  const log = parts.log.child({ accountId })
  // Jobs of a removed account are dropped when they are taken, those of a queue at rest never are.
  await resumeAccount({ id: accountId, notes: new AccountNotes(redis, keys, accountId), log }, queues)
  if (before) log.info({ at: clock(), host: before.host }, 'the integration was switched off in amoCRM')
}

function switchedOff(record: AccountRecord, parts: DisconnectParts): AccountRecord | null {
  const { removal } = record
  if (removal?.by === 'amocrm') return null
  const at = removal?.at ?? parts.clock()
  const eraseAt = removal?.eraseAt ?? eraseAtOf(parts)
  const told = { at, by: 'amocrm', eraseAt, cleanUp: null, tokens: 'dropped' } as const
  return { ...record, status: 'disconnected', problem: null, removal: told }
}
