import type { ClientRef } from '../segmentation/verdict.ts'
import { everyClientRef } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { countClients } from './count-clients.ts'
import { type ReconcileOptions, type ReconcileResult, reconcile } from './reconcile.ts'
import { WorkWindow } from './work-window.ts'

/** Handfuls of some 250 clients decided at once, so that their writes fill whole batches. */
const HANDFULS = 8

export interface RedecideJob {
  readonly run: string
  readonly heldOf: (ref: ClientRef) => NonNullable<ReconcileOptions['held']>
  readonly signal: AbortSignal
  /** Called for each handful: the account as it now is; null: the run was called off. */
  readonly current: () => Promise<AccountContext | null>
}

/**
 * Decides every client of the mirror anew and writes what differs, without reading the base again. Repeating it costs
 * nothing but time: who is right already causes no call. Under `hold` whoever would be written is left as he stands until
 * he is answered differently: so a policy comes into force for new cases only. False when the signal stopped it before the end.
 */
export async function redecide(installed: AccountContext, job: RedecideJob): Promise<boolean> {
  const { run, heldOf, signal } = job
  const { id, mirror, runs } = installed
  let done = { total: await countClients(installed), clients: 0, writes: 0 }
  const handfuls = new WorkWindow<readonly ReconcileResult[]>(HANDFULS, async (results) => {
    const writes = results.reduce((sum, result) => sum + (result.type === 'settled' ? result.writes : 0), 0)
    done = { ...done, clients: done.clients + results.length, writes: done.writes + writes }
    await runs.reached(id, run, done)
  })
  for await (const refs of everyClientRef(mirror, id)) {
    const context = signal.aborted ? null : await job.current()
    if (!context) break
    const options = { priority: 'backfill', run, breaker: null } as const
    await handfuls.add(Promise.all(refs.map((ref) => reconcile(context, ref, { ...options, held: heldOf(ref) }))))
  }
  await handfuls.drain()
  return !signal.aborted
}
