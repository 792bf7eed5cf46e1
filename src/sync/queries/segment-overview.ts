import type { Language } from '../../segmentation/labels.ts'
import type { SegmentCounts } from '../../store/segment-days.ts'
import { type AccountContext, nowSeconds } from '../account-context.ts'
import { type CountedSegment, countedSegmentsOf, countSegments, dayName } from '../segment-day.ts'
import { segmentName } from './segment-name.ts'

/** A segment as people know it. */
export interface NamedSegment extends CountedSegment {
  readonly name: Readonly<Record<Language, string>>
  readonly clients: number
}

/** Every segment of the account with its clients of this moment. */
export const segmentOverview = async (context: AccountContext): Promise<readonly NamedSegment[]> => {
  const counts = await countSegments(context)
  return countedSegmentsOf(context).map(({ dimension, segment }) => ({
    ...{ dimension, segment, clients: counts[`${dimension}:${segment}`] ?? 0 },
    name: segmentName(context, dimension, segment),
  }))
}

/** Counts by day of the last `days` days, oldest first; today's are of this moment. Days nobody noted are left out. */
export const segmentHistory = async (
  context: AccountContext,
  days: number,
): Promise<{ day: string; counts: SegmentCounts }[]> => {
  const today = context.compiled.calendar.dayOf(nowSeconds(context))
  const past = Array.from({ length: days - 1 }, (_, index) => dayName(today - (days - 1) + index))
  const noted = await context.segmentDays.read(context.id, past)
  return [...noted, { day: dayName(today), counts: await countSegments(context) }]
}
