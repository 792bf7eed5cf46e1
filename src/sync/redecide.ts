import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { type ReconcileOptions, reconcile } from './reconcile.ts'
import { WorkWindow } from './work-window.ts'

/** Handfuls of some 250 clients decided at once, so that their writes fill whole batches. */
const HANDFULS = 8

/**
 * Decides every client of the mirror anew and writes what differs, without reading the base again. Repeating it costs
 * nothing but time: who is right already causes no call. With `hold` whoever would be written is left as he stands until
 * he is answered differently: so a policy comes into force for new cases only. False when the signal stopped it before the end.
 */
export async function redecide(
  context: AccountContext,
  run: string,
  held: NonNullable<ReconcileOptions['held']>,
  signal: AbortSignal,
): Promise<boolean> {
  const handfuls = new WorkWindow<unknown>(HANDFULS, async () => {})
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) break
    const options = { priority: 'backfill', run, breaker: null, held } as const
    await handfuls.add(Promise.all(docs.map(({ ref }) => reconcile(context, ref, options))))
  }
  await handfuls.drain()
  return !signal.aborted
}
