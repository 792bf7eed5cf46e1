import type { AccountContext } from './account-context.ts'
import { MIRROR_LAYOUT, readBackfill } from './backfill-state.ts'
import { isConnecting } from './connect-account.ts'

/** How old the last comparison of everything with amoCRM may become: what bounds what neither hooks nor sweeps tell, ms. */
const COMPARED_EVERY_MS = 7 * 86_400_000

export interface WantedBackfill {
  readonly run: string
  /** It came to a checkpoint and did not come to its end. */
  readonly isBegun: boolean
}

/** The backfill whose job should be in the queue; null: none. */
export async function wantedBackfill(context: AccountContext): Promise<WantedBackfill | null> {
  const state = await readBackfill(context.notes)
  const now = context.clock()
  // The connecting was given up before it asked for one, or a crash took the job of one that was to begin anew.
  if (state === null) return isConnecting(context) ? null : { run: `first-${now}`, isBegun: false }
  // One whose job was given up, in an outage longer than its tries, is taken up again.
  if (state.phase !== 'done') return { run: state.run, isBegun: true }
  // An earlier version kept less of each client.
  if (state.layout !== MIRROR_LAYOUT) return { run: `resync-${now}`, isBegun: false }
  const comparedAt = state.finishedAt ?? state.startedAt
  return now - comparedAt < COMPARED_EVERY_MS ? null : { run: `weekly-${now}`, isBegun: false }
}
