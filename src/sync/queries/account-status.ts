import { LIFECYCLE_SEGMENTS } from '../../segmentation/verdict.ts'
import type { AccountRecord, AccountRemoval } from '../../store/account-record.ts'
import type { AccountContext } from '../account-context.ts'
import { type ByHand, readPause } from '../pause-account.ts'
import { type BackfillProgress, backfillProgress } from './backfill-progress.ts'

/** An installed account and how its work goes. Instants in milliseconds. */
export interface AccountStatus extends Omit<AccountRecord, 'subdomain' | 'connectedAt' | 'removal'> {
  /** Of a disconnected account. */
  readonly removal: AccountRemoval | null
  /** Who stopped its work by hand; null: nobody did. */
  readonly pausedBy: ByHand | null
  /** Clients with an answer. */
  readonly clients: number
  /** Clients whose own card was not read yet. */
  readonly unread: number
  readonly policyVersion: number
  /** The last reading of the whole base; null: there was none. */
  readonly backfill: BackfillProgress | null
}

export const accountStatus = async (context: AccountContext): Promise<AccountStatus> => {
  const { id, mirror, notes, record, policyVersion } = context
  const [pausedBy, backfill, unread, ...counts] = await Promise.all([
    readPause(notes),
    backfillProgress(context),
    mirror.countUnread(id),
    ...LIFECYCLE_SEGMENTS.map((segment) => mirror.count(id, 'lifecycle', segment)),
  ])
  const { name, host, status, problem, removal = null, installedAt, hooks } = record
  return {
    ...{ id, name, host, problem, removal, installedAt, hooks, pausedBy, unread, policyVersion, backfill },
    status: pausedBy !== null && status === 'active' ? 'paused' : status,
    clients: counts.reduce((sum, count) => sum + count, 0),
  }
}
