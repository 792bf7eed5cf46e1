import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { reconcile } from './reconcile.ts'

/**
 * Decides every client of the mirror anew and writes what differs, without reading the base again. Repeating it costs
 * nothing but time: who is right already causes no call. False when the signal stopped it before the end.
 */
export async function redecide(context: AccountContext, run: string, signal: AbortSignal): Promise<boolean> {
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) return false
    await Promise.all(docs.map(({ ref }) => reconcile(context, ref, { priority: 'backfill', run, breaker: null })))
  }
  return true
}
