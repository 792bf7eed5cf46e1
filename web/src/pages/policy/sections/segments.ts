import { useTranslation } from 'react-i18next'
import { LABELS } from '../../../../../src/segmentation/labels.ts'
import { languageOf } from '../../../i18n/language.ts'
import type { Dimension } from '../policy-types.ts'

/** The segments of each dimension that has fixed ones, in their order. */
export const SEGMENTS = {
  lifecycle: ['new', 'one_time', 'periodic', 'regular', 'sleeping'],
  temperature: ['hot', 'warm', 'cold'],
  standing: ['in_work', 'low_quality', 'refused'],
} as const

/** Dimensions whose segments are always the same. */
export type FixedDimension = keyof typeof SEGMENTS

/** What a segment is called where the account gives no name of its own; a tier is its own name. */
export const segmentLabel = (dimension: Dimension, segment: string, language: 'ru' | 'en'): string => {
  const labels: Readonly<Record<string, string>> = dimension === 'value' ? {} : LABELS[language][dimension]
  return labels[segment] ?? segment
}

/** The same in the language of the page. */
export const useSegmentLabel = (): ((dimension: Dimension, segment: string) => string) => {
  const { i18n } = useTranslation()
  const language = languageOf(i18n.language)
  return (dimension, segment) => segmentLabel(dimension, segment, language)
}
