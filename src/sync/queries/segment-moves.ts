import { money } from '../../segmentation/purchases.ts'
import type { AccountContext } from '../account-context.ts'
import { type DealFilter, isWithin, type Period, passes } from './movement/deal-filter.ts'

/**
 * Moves in one dimension in a period. Clients are told apart as they were when they moved: by who was responsible for
 * them, by the pipeline of their newest deal, by where their first one came from.
 */
export interface MovesQuery extends Period, DealFilter {
  readonly dimension: string
}

/** Clients who went from one segment to another; null: none. */
export interface SegmentMove {
  readonly from: string | null
  readonly to: string | null
  /** How many times it happened. */
  readonly count: number
  /** What these clients had bought for until then, in the account's currency. */
  readonly ltv: number
}

export interface SegmentMoves {
  /** The most frequent first. */
  readonly moves: readonly SegmentMove[]
  /** Whether the record reaches back to the beginning of the period. */
  readonly isWhole: boolean
}

/** Instants of a record stand in the order of writing, give or take; s. */
const SLACK_S = 3_600

/** A stream this long may have forgotten its beginning. */
const SURELY_WHOLE = 490_000

/** From which segment to which the clients of an account went in a period. */
export const segmentMoves = async (
  { transitions, id }: AccountContext,
  { dimension, from, to, ...filter }: MovesQuery,
): Promise<SegmentMoves> => {
  const counts = new Map<string, SegmentMove>()
  let isWhole = (await transitions.count(id)) < SURELY_WHOLE
  for await (const some of transitions.newestFirst(id)) {
    for (const transition of some) {
      if (!isWithin(transition.at, { from, to }) || !passes(transition, filter)) continue
      const move = transition.moves.find((one) => one.dimension === dimension)
      if (!move) continue
      const key = `${move.from}>${move.to}`
      const { count = 0, ltv = 0 } = counts.get(key) ?? {}
      counts.set(key, { from: move.from, to: move.to, count: count + 1, ltv: money(ltv + transition.ltv) })
    }
    const oldest = some.at(-1)?.at
    if (oldest !== undefined && oldest < from - SLACK_S) {
      isWhole = true
      break
    }
  }
  return { moves: [...counts.values()].toSorted((one, other) => other.count - one.count), isWhole }
}
