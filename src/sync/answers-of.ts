import { segmentsOf } from '../segmentation/transitions.ts'
import type { Verdict } from '../segmentation/verdict.ts'

/** Stands for the answers of who is no client. */
const NO_CLIENT = '-'

/** All answers of a verdict in one short text, to see whether a client is answered as before. */
export function answersOf(verdict: Verdict | null): string {
  if (!verdict) return NO_CLIENT
  const { lifecycle, temperature, standing, tier, rules } = segmentsOf(verdict)
  return [lifecycle, temperature, standing ?? '', tier ?? '', ...rules].join('|')
}
