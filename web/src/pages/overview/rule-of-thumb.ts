import type { TemperatureSegment } from '../../../../src/segmentation/verdict.ts'

/** A healthy base has more warm clients than hot ones, and more hot ones than cold ones. */
const ORDER: readonly TemperatureSegment[] = ['warm', 'hot', 'cold']

export interface BrokenRule {
  /** There should be more of this one than of the other. */
  readonly more: TemperatureSegment
  readonly less: TemperatureSegment
}

/** Where the base departs from the rule of thumb; nothing: it keeps to it. */
export const ruleOfThumb = (
  segments: readonly { readonly segment: string; readonly clients: number }[],
): BrokenRule[] => {
  const count = (wanted: string): number => segments.find(({ segment }) => segment === wanted)?.clients ?? 0
  return ORDER.slice(1).flatMap((less, index): BrokenRule[] => {
    const more = ORDER[index]
    return more !== undefined && count(more) <= count(less) ? [{ more, less }] : []
  })
}
