import type { Comparison } from '../segmentation/rules/comparison-schema.ts'
import type { Condition } from '../segmentation/rules/condition-schema.ts'

/** All comparisons of a condition. */
export const comparisonsOf = (condition: Condition): Comparison[] => {
  if ('fact' in condition) return [condition]
  if ('not' in condition) return comparisonsOf(condition.not)
  return ('all' in condition ? condition.all : condition.any).flatMap(comparisonsOf)
}
