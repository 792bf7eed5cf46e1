import { isDeepStrictEqual } from 'node:util'
import { aggregatesMoved, aggregatesOf } from '../segmentation/aggregates.ts'
import { type CompiledPolicy, compilePolicy } from '../segmentation/compile-policy.ts'
import type { Aggregates } from '../segmentation/facts.ts'
import { GapHistogram } from '../segmentation/gap-histogram.ts'
import { occasionGaps } from '../segmentation/occasion-gaps.ts'
import type { Policy } from '../segmentation/policy.ts'
import type { ClientDoc } from '../store/client-doc.ts'
import { everyClient } from '../store/every-client.ts'
import type { GapStore } from '../store/gap-store.ts'
import type { IndexCommand } from '../store/index-changes.ts'
import type { AccountContext } from './account-context.ts'
import { pendingRollout } from './rollout.ts'

/** Whether a policy looks at the account's gaps at all. */
function usesGaps({ sleeping }: Policy): boolean {
  return sleeping.mode !== 'fixed'
}

/**
 * The change of the account's histogram of gaps that goes alongside a change of one client's deals: the figures stay
 * exact without ever going over the base again.
 */
export function gapChange(context: AccountContext, before: ClientDoc | null, after: ClientDoc | null): IndexCommand[] {
  if (!usesGaps(context.policy)) return []
  const histogram = new GapHistogram()
  for (const gap of gapsOf(after, context.compiled)) histogram.add(gap)
  const change = new Map(histogram.toStored())
  const old = new GapHistogram()
  for (const gap of gapsOf(before, context.compiled)) old.add(gap)
  for (const [days, count] of old.toStored()) change.set(days, (change.get(days) ?? 0) - count)
  return context.gaps.change(context.id, [...change])
}

function gapsOf(doc: ClientDoc | null, policy: CompiledPolicy): readonly number[] {
  return doc ? occasionGaps(doc.deals, policy) : []
}

async function countGaps(context: AccountContext, policy: CompiledPolicy): Promise<GapHistogram> {
  const histogram = new GapHistogram()
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) for (const gap of gapsOf(doc, policy)) histogram.add(gap)
  }
  return histogram
}

/** Counts the gaps of the whole mirror anew, after the policy changed what a purchase is. */
export async function recountGaps(context: AccountContext): Promise<void> {
  if (!usesGaps(context.policy)) return
  const histogram = await countGaps(context, context.compiled)
  await context.gaps.replace(context.id, histogram.toStored())
}

/** The gaps as a policy would count them: those that are kept, where it takes the same deals for purchases. */
async function gapsUnder(context: AccountContext, compiled: CompiledPolicy): Promise<GapHistogram> {
  const isKept = usesGaps(context.policy) && isDeepStrictEqual(compiled.purchase, context.compiled.purchase)
  // Before its rollout began, those kept are of the policy before.
  if (!isKept || (await pendingRollout(context))) return countGaps(context, compiled)
  return new GapHistogram(await context.gaps.read(context.id))
}

/** A policy compiled with the figures it would be applied with, and nothing written. */
export async function compileAsApplied(context: AccountContext, policy: Policy): Promise<CompiledPolicy> {
  const { account } = context.compiled
  const compiled = compilePolicy(policy, account)
  if (!usesGaps(policy)) return compiled
  const aggregates = aggregatesOf(await gapsUnder(context, compiled), policy)
  if (!aggregatesMoved(policy, account.aggregates, aggregates)) return compiled
  return compilePolicy(policy, { ...account, aggregates })
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
  if (!usesGaps(context.policy)) return false
  const now = await currentAggregates(context.gaps, context.id, context.policy)
  if (!aggregatesMoved(context.policy, context.compiled.account.aggregates, now)) return false
  await context.notes.set('aggregates', now)
  return true
}
