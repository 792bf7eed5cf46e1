import type { Priority } from '../amocrm/amo-api.ts'
import type { CardFacts, ClientDoc, MirroredDeal } from '../store/client-doc.ts'
import type { AccountContext } from './account-context.ts'
import { type DoneWrite, withWritten } from './apply-writes.ts'
import { lookAtCard, readDeals } from './look.ts'
import { isSameSet } from './outrun.ts'
import type { PlannedWrite } from './plan.ts'

/** Reads what was written to again. */
export async function lookAtWritten(
  context: AccountContext,
  { ref }: ClientDoc,
  { type, patch }: PlannedWrite,
  priority: Priority,
): Promise<void> {
  if (type === 'leads') await readDeals(context, [patch.id], priority, [ref])
  else await lookAtCard(context, ref, priority)
}

/**
 * Reads again what a reading that came while we wrote shows otherwise than we left it: it may be of before the write, or of
 * what a person changed right after it. So is a deal that went to another client meanwhile.
 *
 * @param judged the document the writes were made for
 * @param found the one that stood when they had ended
 */
export async function lookAtDisputed(
  context: AccountContext,
  judged: ClientDoc,
  found: ClientDoc | null,
  done: readonly DoneWrite[],
  priority: Priority,
): Promise<void> {
  const left = withWritten(judged, done)
  const disputed = done.filter(({ write, outcome }) => {
    const [before, after, now] = [partOf(judged, write), partOf(left, write), partOf(found, write)]
    if (outcome.type !== 'written' || !before || !after) return false
    return !now || (now.readAt > before.readAt && !isSameSet(now.tags, after.tags))
  })
  await Promise.all(disputed.map(({ write }) => lookAtWritten(context, judged, write, priority)))
}

function partOf(doc: ClientDoc | null, { type, patch }: PlannedWrite): CardFacts | MirroredDeal | null | undefined {
  return type === 'leads' ? doc?.deals.find((deal) => deal.id === patch.id) : doc?.card
}
