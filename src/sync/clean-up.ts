import type { ClientDoc } from '../store/client-doc.ts'
import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { withWritten } from './apply-writes.ts'
import { clientFacts } from './client-facts.ts'
import { planWrites } from './plan.ts'
import { WorkWindow } from './work-window.ts'
import { writeAll } from './write-all.ts'

/** Handfuls of some 250 clients written at once. */
const HANDFULS = 8

/**
 * Takes away everything of ours that stands on the clients and their open deals: tags and select fields. For an account
 * that lets the integration go; its work has to rest, or the next look would put them back. False when the signal
 * stopped it before its end.
 */
export async function cleanUp(context: AccountContext, run: string, signal: AbortSignal): Promise<boolean> {
  const handfuls = new WorkWindow<unknown>(HANDFULS, async () => {})
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) break
    await handfuls.add(Promise.all(docs.map((doc) => cleanOne(context, run, doc))))
  }
  await handfuls.drain()
  return !signal.aborted
}

async function cleanOne(context: AccountContext, run: string, doc: ClientDoc): Promise<void> {
  if (!doc.card) return
  const facts = clientFacts({ ...doc, card: doc.card })
  const writes = planWrites(facts, null, context.compiled, context.retiredTags)
  if (writes.length === 0) return
  const done = await writeAll(context, doc, writes, null, { priority: 'backfill', run })
  await context.mirror.update(context.id, doc.ref, (current) => current && withWritten(current, done))
}
