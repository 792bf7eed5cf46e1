import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { type ReconcileOptions, reconcile } from './reconcile.ts'
import { WorkWindow } from './work-window.ts'

/** Handfuls of some 250 clients decided at once, so that their writes fill whole batches. */
const HANDFULS = 8

export interface RedecideJob {
  readonly run: string
  readonly held: NonNullable<ReconcileOptions['held']>
  readonly signal: AbortSignal
  /** Called for each handful: the account as it now is; null: the run was called off. */
  readonly current: () => Promise<AccountContext | null>
}

/**
 * Decides every client of the mirror anew and writes what differs, without reading the base again. Repeating it costs
 * nothing but time: who is right already causes no call. With `hold` whoever would be written is left as he stands until
 * he is answered differently: so a policy comes into force for new cases only. False when the signal stopped it before the end.
 */
export async function redecide(installed: AccountContext, job: RedecideJob): Promise<boolean> {
  const { run, held, signal } = job
  const handfuls = new WorkWindow<unknown>(HANDFULS, async () => {})
  for await (const docs of everyClient(installed.mirror, installed.id)) {
    const context = signal.aborted ? null : await job.current()
    if (!context) break
    const options = { priority: 'backfill', run, breaker: null, held } as const
    await handfuls.add(Promise.all(docs.map(({ ref }) => reconcile(context, ref, options))))
  }
  await handfuls.drain()
  return !signal.aborted
}
