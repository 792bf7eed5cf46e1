import { AmoError } from '../amocrm/amo-error.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { KeeperParts } from './account-keeper.ts'
import { noteTrouble, restAfter } from './account-trouble.ts'
import { eraseAtOf } from './disconnect-account.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** A refresh token dies when it was not used for three months (amoCRM, OAuth); it is used long before. */
const IDLE_MS = 7 * DAY_MS
/** Accounts that fell idle together do not all come back in one minute. */
const SPREAD_MS = 7 * DAY_MS
/** Another process tries again after this. */
const TRIED_EVERY_S = 3_600

/**
 * Keeps the tokens of an account alive whose work rests, by hand or because it is unpaid: work keeps them so by itself. An
 * account that let nobody in for the whole grace period is taken for removed: the hook that told so may have been lost.
 */
export async function keepAccess(parts: KeeperParts, record: AccountRecord): Promise<void> {
  if (isShutOut(record, parts)) return takeForRemoved(parts, record.id)
  if (!(await isIdle(parts, record.id))) return
  const context = await parts.contexts.get(record.id)
  if (!context || !(await context.notes.claim('keep-access', TRIED_EVERY_S))) return
  try {
    // Any call needs a token that is valid, and so refreshes one that is not.
    await context.api.account()
    context.log.info('tokens of an idle account kept alive')
  } catch (error) {
    const restMs = restAfter(error)
    if (restMs === null || !(error instanceof AmoError)) throw error
    await noteTrouble(parts.accounts, context, error, restMs)
  }
}

async function isIdle({ vault, clock }: KeeperParts, id: number): Promise<boolean> {
  const pair = await vault.readTokens(id)
  if (pair === null || pair.refreshToken === null || pair.expiresAt === null) return false
  return clock() - pair.expiresAt > IDLE_MS + shareOf(id) * SPREAD_MS
}

/** A number from 0 to 1 that is always the same for an account, and spread evenly over many. */
function shareOf(id: number): number {
  return (Math.imul(id, 0x9e3779b1) >>> 0) / 2 ** 32
}

function isShutOut({ status, problem }: AccountRecord, { removedAccountDays, clock }: KeeperParts): boolean {
  if (status !== 'paused' || problem?.code !== 'unauthorized') return false
  return clock() - problem.since > removedAccountDays * DAY_MS
}

async function takeForRemoved(parts: KeeperParts, id: number): Promise<void> {
  const removal = { at: parts.clock(), by: 'access_lost', cleanUp: null, tokens: 'kept' } as const
  await parts.accounts.change(id, (record) =>
    isShutOut(record, parts)
      ? { ...record, status: 'disconnected', removal: { ...removal, eraseAt: eraseAtOf(parts) } }
      : null,
  )
  parts.log.warn(
    { accountId: id },
    'amoCRM refused every token for the whole grace period: the account counts as removed',
  )
}
