import { everyClient } from '../store/every-client.ts'
import type { AccountContext } from './account-context.ts'
import { withWritten } from './apply-writes.ts'
import { clientFacts } from './client-facts.ts'
import { planWrites } from './plan.ts'
import { writeAll } from './write-all.ts'

/**
 * Takes away everything of ours that stands on the clients and their open deals: tags and select fields. For an account
 * that lets the integration go; its work has to rest, or the next look would put them back. False when the signal
 * stopped it before its end.
 */
export async function cleanUp(context: AccountContext, run: string, signal: AbortSignal): Promise<boolean> {
  for await (const docs of everyClient(context.mirror, context.id)) {
    if (signal.aborted) return false
    await Promise.all(
      docs.map(async (doc) => {
        if (!doc.card) return
        const facts = clientFacts({ ...doc, card: doc.card })
        const writes = planWrites(facts, null, context.compiled, context.retiredTags)
        if (writes.length === 0) return
        const done = await writeAll(context, doc, writes, null, { priority: 'backfill', run })
        await context.mirror.update(context.id, doc.ref, (current) => current && withWritten(current, done))
      }),
    )
  }
  return true
}
