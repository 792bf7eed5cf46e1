import type { Seconds } from '../../segmentation/facts.ts'
import type { AccountContext } from '../account-context.ts'

export interface MovesQuery {
  readonly dimension: string
  readonly from: Seconds
  /** Exclusive. */
  readonly to: Seconds
  /** Only clients of this user at the time of the move; null: of all. */
  readonly responsibleUserId: number | null
}

export interface SegmentMoves {
  /** How many times clients went from one segment to another; null: none. */
  readonly moves: readonly { readonly from: string | null; readonly to: string | null; readonly count: number }[]
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
  { dimension, from, to, responsibleUserId }: MovesQuery,
): Promise<SegmentMoves> => {
  const counts = new Map<string, { from: string | null; to: string | null; count: number }>()
  let isWhole = (await transitions.count(id)) < SURELY_WHOLE
  for await (const some of transitions.newestFirst(id)) {
    for (const { at, moves, responsibleUserId: manager } of some) {
      if (at < from || at >= to || (responsibleUserId !== null && manager !== responsibleUserId)) continue
      const move = moves.find((one) => one.dimension === dimension)
      if (!move) continue
      const key = `${move.from}>${move.to}`
      const known = counts.get(key) ?? { from: move.from, to: move.to, count: 0 }
      known.count += 1
      counts.set(key, known)
    }
    const oldest = some.at(-1)?.at
    if (oldest !== undefined && oldest < from - SLACK_S) {
      isWhole = true
      break
    }
  }
  return { moves: [...counts.values()].toSorted((one, other) => other.count - one.count), isWhole }
}
