import { GapHistogram } from '../../../segmentation/gap-histogram.ts'
import type { StageStays } from '../../../store/stays.ts'
import type { DealTable } from './deal-table.ts'

const DAY = 86_400

/** Fewer say nothing about what is usual. */
const ENOUGH = 20

/** Unusual is what is longer than four of five. */
const QUANTILE = 0.8

/** Where an account has no past to go by: as the ready-made rule about stuck deals says. */
const DEFAULT_DAYS = 14

/**
 * How long a deal may stand in a stage before it counts as stuck, and what that rests on:
 * - `stage`: longer than 80 % of the deals that have left this stage stayed in it;
 * - `pipeline`: of this stage too few are known, so longer than 80 % of the pipeline's won deals took as a whole;
 * - `default`: of the pipeline too few were won.
 */
export interface UsualStay {
  readonly days: number
  readonly basis: 'stage' | 'pipeline' | 'default'
}

/** Answers for each stage what is usual in it. */
export const usualStays = (
  stays: readonly StageStays[],
  deals: DealTable,
): ((stage: { readonly pipelineId: number; readonly statusId: number }) => UsualStay) => {
  const stages = new Map(stays.map((stage) => [`${stage.pipelineId}:${stage.statusId}`, stage.lengths]))
  const cycles = wonCycles(deals)
  return ({ pipelineId, statusId }) => {
    const stage = daysOf(stages.get(`${pipelineId}:${statusId}`))
    if (stage !== null) return { days: stage, basis: 'stage' }
    const pipeline = daysOf(cycles.get(pipelineId))
    return pipeline === null ? { days: DEFAULT_DAYS, basis: 'default' } : { days: pipeline, basis: 'pipeline' }
  }
}

/** From creation to the win, by pipeline. */
const wonCycles = (deals: DealTable): Map<number, GapHistogram> => {
  const cycles = new Map<number, GapHistogram>()
  for (const { state, pipelineId, createdAt, at } of deals) {
    if (state !== 'won') continue
    const cycle = cycles.get(pipelineId) ?? new GapHistogram()
    cycle.add(Math.max(0, at - createdAt))
    cycles.set(pipelineId, cycle)
  }
  return cycles
}

const daysOf = (lengths: GapHistogram | undefined): number | null => {
  const seconds = lengths !== undefined && lengths.count >= ENOUGH ? lengths.quantile(QUANTILE) : null
  return seconds === null ? null : seconds / DAY
}
