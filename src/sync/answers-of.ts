import { segmentsOf } from '../segmentation/transitions.ts'
import type { Verdict } from '../segmentation/verdict.ts'

/** All answers of a verdict in one short text, to see whether a client is answered as before. */
export function answersOf(verdict: Verdict): string {
  const { lifecycle, temperature, standing, tier, rules } = segmentsOf(verdict)
  return [lifecycle, temperature, standing ?? '', tier ?? '', ...rules].join('|')
}
