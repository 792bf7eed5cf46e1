import { aggregatesMoved, aggregatesOf } from '../segmentation/aggregates.ts'
import type { Aggregates } from '../segmentation/facts.ts'
import { GapHistogram } from '../segmentation/gap-histogram.ts'
import { occasionGaps } from '../segmentation/occasion-gaps.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { everyClient } from '../store/every-client.ts'
import type { GapStore } from '../store/gap-store.ts'
import type { IndexCommand } from '../store/index-changes.ts'
import type { AccountContext } from './account-context.ts'

/** Whether the policy in force looks at the account's gaps at all. */
function usesGaps(context: AccountContext): boolean {
  return context.policy.sleeping.mode !== 'fixed'
}

/**
 * The change of the account's histogram of gaps that goes alongside a change of one client's deals: the figures stay
 * exact without ever going over the base again.
 */
export function gapChange(context: AccountContext, before: ClientDoc | null, after: ClientDoc | null): IndexCommand[] {
  if (!usesGaps(context)) return []
  const histogram = new GapHistogram()
  for (const gap of gapsOf(context, after)) histogram.add(gap)
  const change = new Map(histogram.toStored())
  const old = new GapHistogram()
  for (const gap of gapsOf(context, before)) old.add(gap)
  for (const [days, count] of old.toStored()) change.set(days, (change.get(days) ?? 0) - count)
  return context.gaps.change(context.id, [...change])
}

function gapsOf(context: AccountContext, doc: ClientDoc | null): readonly number[] {
  return doc ? occasionGaps(doc.deals, context.compiled) : []
}

/** Counts the gaps of the whole mirror anew, after the policy changed what a purchase is. */
export async function recountGaps(context: AccountContext): Promise<void> {
  if (!usesGaps(context)) return
  const histogram = new GapHistogram()
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) for (const gap of gapsOf(context, doc)) histogram.add(gap)
  }
  await context.gaps.replace(context.id, histogram.toStored())
}

/** Figures of the account as they stand in the store. */
export async function currentAggregates(
  gaps: GapStore,
  accountId: number,
  policy: AccountContext['policy'],
): Promise<Aggregates> {
  return aggregatesOf(new GapHistogram(await gaps.read(accountId)), policy)
}

/**
 * Takes the account's present figures into use when they differ enough to change a threshold by a day; answers whether
 * they did, so that every client has to be decided again.
 */
export async function adoptAggregates(context: AccountContext): Promise<boolean> {
  if (!usesGaps(context)) return false
  const now = await currentAggregates(context.gaps, context.id, context.policy)
  if (!aggregatesMoved(context.policy, context.compiled.account.aggregates, now)) return false
  await context.notes.set('aggregates', now)
  return true
}
