import type { Seconds } from '../../../segmentation/facts.ts'

/** Which deals are counted; null: all. */
export interface DealFilter {
  readonly pipelineId: number | null
  readonly responsibleUserId: number | null
  readonly source: string | null
}

/** A stretch of time; `to` is exclusive. */
export interface Period {
  readonly from: Seconds
  readonly to: Seconds
}

interface Filtered {
  readonly pipelineId: number | null
  readonly responsibleUserId: number
  readonly source: string | null
}

export const passes = (deal: Filtered, { pipelineId, responsibleUserId, source }: DealFilter): boolean =>
  (pipelineId === null || deal.pipelineId === pipelineId) &&
  (responsibleUserId === null || deal.responsibleUserId === responsibleUserId) &&
  (source === null || deal.source === source)

export const isWithin = (at: Seconds, { from, to }: Period): boolean => at >= from && at < to
