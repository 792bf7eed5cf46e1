import type { Move } from './movement-types.ts'

/** From where and to where, with the figures of each pair. Null: outside every segment. */
export interface Matrix {
  readonly rows: readonly (string | null)[]
  readonly columns: readonly (string | null)[]
  cell(from: string | null, to: string | null): Figures
  left(from: string | null): Figures
  entered(to: string | null): Figures
  /** The most of any pair of two segments: who is met for the first time does not dim the others. */
  most(of: keyof Figures): number
}

export interface Figures {
  readonly count: number
  readonly ltv: number
}

const NONE: Figures = { count: 0, ltv: 0 }

/** Lays moves out by the order of the segments; segments the account has no more come last. */
export const matrixOf = (moves: readonly Move[], segments: readonly string[]): Matrix => {
  const pairs = new Map(moves.map((move) => [key(move.from, move.to), move]))
  const met = (side: 'from' | 'to') => new Set(moves.map((move) => move[side]))
  const sum = (chosen: readonly Move[]): Figures =>
    chosen.reduce(({ count, ltv }, move) => ({ count: count + move.count, ltv: ltv + move.ltv }), NONE)
  const former = [...new Set([...met('from'), ...met('to')])].filter((one) => one !== null && !segments.includes(one))
  const all = [...segments, ...former]
  return {
    rows: met('from').has(null) ? [null, ...all] : all,
    columns: met('to').has(null) ? [...all, null] : all,
    cell: (from, to) => pairs.get(key(from, to)) ?? NONE,
    left: (from) => sum(moves.filter((move) => move.from === from)),
    entered: (to) => sum(moves.filter((move) => move.to === to)),
    most: (of) => Math.max(0, ...moves.filter(({ from, to }) => from !== null && to !== null).map((move) => move[of])),
  }
}

const key = (from: string | null, to: string | null): string => JSON.stringify([from, to])
