import type { Move } from './overview-types.ts'

/** From the farthest to the nearest; falling asleep loses whatever there was. */
const NEARNESS = ['sleeping', 'new', 'one_time', 'periodic', 'regular']

/** Whether a move brings the client nearer. */
export const moveTone = (from: string | null, to: string | null): 'good' | 'bad' => {
  const [was, is] = [from, to].map((segment) => NEARNESS.indexOf(segment ?? ''))
  return (is ?? 0) > (was ?? 0) ? 'good' : 'bad'
}

/** Moves between segments, without clients who were met for the first time. */
export const realMoves = (moves: readonly Move[]): Move[] =>
  moves.filter(({ from, to }) => from !== null && to !== null)
