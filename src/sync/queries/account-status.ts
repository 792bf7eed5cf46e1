import { LIFECYCLE_SEGMENTS } from '../../segmentation/verdict.ts'
import type { AccountRecord } from '../../store/account-record.ts'
import type { AccountContext } from '../account-context.ts'
import { BACKFILL_PHASES, type BackfillPhase, readBackfill } from '../backfill-state.ts'
import { type ByHand, readPause } from '../pause-account.ts'

/** An installed account and how its work goes. Instants in milliseconds. */
export interface AccountStatus extends Omit<AccountRecord, 'subdomain'> {
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

export interface BackfillProgress {
  readonly run: string
  readonly phase: BackfillPhase
  /** Share of the phases that are done, 0 to 1. */
  readonly share: number
  readonly deals: number
  readonly clients: number
  readonly writes: number
  readonly startedAt: number
  readonly finishedAt: number | null
}

export const accountStatus = async (context: AccountContext): Promise<AccountStatus> => {
  const { id, mirror, notes, record, policyVersion } = context
  const [pausedBy, backfill, unread, ...counts] = await Promise.all([
    readPause(notes),
    backfillProgress(context),
    mirror.countUnread(id),
    ...LIFECYCLE_SEGMENTS.map((segment) => mirror.count(id, 'lifecycle', segment)),
  ])
  const { name, host, status, problem, installedAt, hooks } = record
  return {
    ...{ id, name, host, problem, installedAt, hooks, pausedBy, unread, policyVersion, backfill },
    status: pausedBy !== null && status === 'active' ? 'paused' : status,
    clients: counts.reduce((sum, count) => sum + count, 0),
  }
}

export const backfillProgress = async ({ notes, policy }: AccountContext): Promise<BackfillProgress | null> => {
  const state = await readBackfill(notes)
  if (state === null) return null
  const phases = BACKFILL_PHASES[policy.clientEntity]
  const share = state.phase === 'done' ? 1 : Math.max(0, phases.indexOf(state.phase)) / phases.length
  const { run, phase, deals, clients, writes, startedAt, finishedAt } = state
  return { run, phase, share, deals, clients, writes, startedAt, finishedAt }
}
