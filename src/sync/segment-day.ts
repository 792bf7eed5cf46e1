import { LIFECYCLE_SEGMENTS, STANDING_SEGMENTS, TEMPERATURE_SEGMENTS } from '../segmentation/verdict.ts'
import type { SegmentCounts } from '../store/segment-days.ts'
import { type AccountContext, nowSeconds } from './account-context.ts'

/** A segment as the mirror counts it. */
export interface CountedSegment {
  readonly dimension: 'lifecycle' | 'temperature' | 'standing' | 'tier' | `rule:${string}`
  readonly segment: string
}

const counted = (dimension: CountedSegment['dimension'], segments: readonly string[]): CountedSegment[] =>
  segments.map((segment) => ({ dimension, segment }))

/** Every segment a client can be in under the account's policy. */
export function countedSegmentsOf({ policy }: Pick<AccountContext, 'policy'>): CountedSegment[] {
  return [
    ...counted('lifecycle', LIFECYCLE_SEGMENTS),
    ...counted('temperature', TEMPERATURE_SEGMENTS),
    ...counted('standing', STANDING_SEGMENTS),
    ...counted(
      'tier',
      policy.value.tiers.map(({ label }) => label),
    ),
    ...policy.rules.flatMap(({ id }) => counted(`rule:${id}`, ['match'])),
  ]
}

/** How many clients are in each segment now, by `dimension:segment`. */
export async function countSegments(context: AccountContext): Promise<SegmentCounts> {
  const counts = countedSegmentsOf(context).map(async ({ dimension, segment }) => [
    `${dimension}:${segment}`,
    await context.mirror.count(context.id, dimension, segment),
  ])
  return Object.fromEntries(await Promise.all(counts))
}

/** Notes the counts of the account's present day; its last sweep leaves them as they were in the evening. */
export async function noteSegmentDay(context: AccountContext): Promise<void> {
  const day = dayName(context.compiled.calendar.dayOf(nowSeconds(context)))
  await context.segmentDays.write(context.id, day, await countSegments(context))
}

const DAY_MS = 86_400_000

/** A day of the calendar (days since 1970-01-01) as `2026-11-21`. */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}
