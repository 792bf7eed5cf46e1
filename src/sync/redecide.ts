import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { type ReconcileOptions, reconcile } from './reconcile.ts'

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
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) return false
    await Promise.all(
      docs.map(({ ref }) => reconcile(context, ref, { priority: 'backfill', run, breaker: null, held })),
    )
  }
  return true
}
