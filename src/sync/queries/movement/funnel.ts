import type { PipelineFacts, Seconds } from '../../../segmentation/facts.ts'
import { LOST, WON } from '../../../segmentation/facts.ts'
import { money } from '../../../segmentation/purchases.ts'
import type { StageStays } from '../../../store/stays.ts'
import { type DealFilter, passes } from './deal-filter.ts'
import type { DealTable, TabledDeal } from './deal-table.ts'
import { type UsualStay, usualStays } from './usual-stay.ts'

const DAY = 86_400

export interface FunnelQuery extends DealFilter {
  /** Stuck after so many days in any stage; null: when it is longer than usual in that stage. */
  readonly stuckDays: number | null
  /** At most so many stuck deals are listed. */
  readonly limit: number
}

/** Deals, and the sum of their budgets. */
export interface DealSum {
  readonly deals: number
  readonly sum: number
}

export interface FunnelStage {
  readonly id: number
  readonly name: string
  readonly open: DealSum
  readonly stuck: DealSum
  readonly stuckAfter: UsualStay | { readonly days: number; readonly basis: 'asked' }
}

export interface FunnelPipeline {
  readonly id: number
  readonly name: string
  /** The open stages in their order. */
  readonly stages: readonly FunnelStage[]
}

/** An open deal that stands in its stage for longer than is usual there. */
export interface StuckDeal {
  readonly id: number
  readonly pipelineId: number
  readonly statusId: number
  readonly price: number
  readonly responsibleUserId: number
  readonly source: string
  readonly since: Seconds
}

export interface Funnel {
  readonly pipelines: readonly FunnelPipeline[]
  /** The dearest first. */
  readonly stuck: readonly StuckDeal[]
  readonly total: { readonly open: DealSum; readonly stuck: DealSum }
}

interface Counted {
  open: { deals: number; sum: number }
  stuck: { deals: number; sum: number }
}

/** The open deals by stage at an instant, and which of them are stuck. Pipelines without stages of their own are left out. */
export const funnel = (
  { deals, stays, pipelines }: { deals: DealTable; stays: readonly StageStays[]; pipelines: readonly PipelineFacts[] },
  query: FunnelQuery,
  now: Seconds,
): Funnel => {
  const usual = usualStays(stays, deals)
  const limitOf = memoized((stage: Stage): FunnelStage['stuckAfter'] =>
    query.stuckDays === null ? usual(stage) : { days: query.stuckDays, basis: 'asked' },
  )
  const stages = new Map<string, Counted>()
  const total = emptyCount()
  const stuck: TabledDeal[] = []
  for (const deal of deals) {
    if (deal.state !== 'open' || !passes(deal, query)) continue
    const isStuck = now - deal.at >= limitOf(deal).days * DAY
    if (isStuck) stuck.push(deal)
    const stage = stages.get(keyOf(deal)) ?? emptyCount()
    stages.set(keyOf(deal), stage)
    for (const counted of [stage, total]) {
      add(counted.open, deal.price)
      if (isStuck) add(counted.stuck, deal.price)
    }
  }
  const stageOf = (pipelineId: number, { id, name }: { id: number; name: string }): FunnelStage => {
    const stage = { pipelineId, statusId: id }
    return { id, name, ...(stages.get(keyOf(stage)) ?? emptyCount()), stuckAfter: limitOf(stage) }
  }
  return {
    pipelines: pipelines
      .filter(({ id }) => query.pipelineId === null || id === query.pipelineId)
      .toSorted((one, other) => one.sort - other.sort)
      .map(({ id, name, statuses }) => ({ id, name, stages: openStages(statuses).map((stage) => stageOf(id, stage)) })),
    stuck: stuck
      .sort((one, other) => other.price - one.price || one.at - other.at)
      .slice(0, query.limit)
      .map(({ id, pipelineId, statusId, price, responsibleUserId, source, at }) => ({
        ...{ id, pipelineId, statusId, price, responsibleUserId, source },
        since: at,
      })),
    total,
  }
}

type Stage = Pick<TabledDeal, 'pipelineId' | 'statusId'>

const keyOf = ({ pipelineId, statusId }: Stage): string => `${pipelineId}:${statusId}`

const openStages = (statuses: PipelineFacts['statuses']) =>
  statuses.filter(({ id }) => id !== WON && id !== LOST).toSorted((one, other) => one.sort - other.sort)

const emptyCount = (): Counted => ({ open: { deals: 0, sum: 0 }, stuck: { deals: 0, sum: 0 } })

const add = (to: { deals: number; sum: number }, price: number): void => {
  to.deals += 1
  to.sum = money(to.sum + price)
}

const memoized = <Value>(find: (stage: Stage) => Value): ((stage: Stage) => Value) => {
  const known = new Map<string, Value>()
  return (stage) => {
    const key = keyOf(stage)
    const value = known.get(key) ?? find(stage)
    known.set(key, value)
    return value
  }
}
