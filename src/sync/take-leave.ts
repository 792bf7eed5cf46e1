import type { AccountRecord } from '../store/account-record.ts'
import type { KeeperParts } from './account-keeper.ts'
import { eraseAtOf } from './disconnect-account.ts'

/** Whoever removes an account takes away its webhook first, for which he needs the tokens, ms. */
const LEAVING_MS = 60_000

/**
 * What is still to be done for a removed account: its tokens are dropped when the clean-up is over, and everything that is
 * known of it is erased when the grace period is.
 */
export async function takeLeave(parts: KeeperParts, { id }: AccountRecord): Promise<void> {
  const { accounts, eraser, clock, log } = parts
  if (!isSomethingToDo(await accounts.read(id), clock())) return
  await eraser.exclusively(id, async () => {
    // It may have been installed again while the lock was waited for.
    const record = await accounts.read(id)
    if (record?.status !== 'disconnected') return
    if (record.removal === undefined) return beginGrace(parts, id)
    if (record.removal.eraseAt <= clock()) {
      const keys = await eraser.erase(id)
      log.info({ accountId: id, keys }, 'the grace period of a removed account is over: its data was erased')
    } else if (await isCleanedUp(parts, record)) await dropTokens(parts, id)
  })
}

function isSomethingToDo(record: AccountRecord | null, now: number): boolean {
  if (record?.status !== 'disconnected') return false
  const { removal } = record
  return (
    removal === undefined || removal.eraseAt <= now || (removal.tokens === 'kept' && removal.at + LEAVING_MS <= now)
  )
}

/** Of accounts that were removed before there was a grace period. */
async function beginGrace(parts: KeeperParts, id: number): Promise<void> {
  const at = parts.clock()
  await parts.accounts.patch(id, {
    removal: { at, by: 'ops', eraseAt: eraseAtOf(parts), cleanUp: null, tokens: 'kept' },
  })
}

async function isCleanedUp({ contexts }: KeeperParts, { id, removal }: AccountRecord): Promise<boolean> {
  if (removal?.cleanUp == null) return true
  const context = await contexts.get(id)
  const run = await context?.runs.read(id, removal.cleanUp)
  return run?.endedAt != null
}

async function dropTokens({ accounts, vault, log }: KeeperParts, id: number): Promise<void> {
  await vault.removeTokens(id)
  await accounts.change(id, (record) =>
    record.removal === undefined ? null : { ...record, removal: { ...record.removal, tokens: 'dropped' } },
  )
  log.info({ accountId: id }, 'the tokens of a removed account were dropped')
}
