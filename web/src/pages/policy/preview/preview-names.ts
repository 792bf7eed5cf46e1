import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/use-api.ts'
import { textOf } from '../inputs/text-of.ts'
import type { Policy } from '../policy-types.ts'
import { SEGMENTS, segmentLabel } from '../sections/segments.ts'

export interface PreviewNames {
  readonly dimension: (dimension: string) => string
  /** Null: no answer in this dimension. */
  readonly segment: (dimension: string, segment: string | null) => string
}

const RULE = 'rule:'

/** The names a policy gives to its dimensions, segments and rules, those it brings in too. */
export const usePreviewNames = (policy: Policy): PreviewNames => {
  const { t } = useTranslation('policy')
  const { lang } = useApi()
  const own: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    lifecycle: policy.targets.lifecycle.names,
    temperature: policy.targets.temperature.names,
    standing: policy.targets.standing.names,
  }
  const ruleName = (id: string) => textOf(policy.rules.find((rule) => rule.id === id)?.label, lang) || id
  return {
    dimension: (name) =>
      name.startsWith(RULE) ? t('preview.rule', { name: ruleName(name.slice(RULE.length)) }) : t(`dimension.${name}`),
    segment: (dimension, segment) => {
      if (dimension.startsWith(RULE)) return t(segment === null ? 'preview.noMatch' : 'preview.match')
      if (segment === null) return t('preview.noSegment')
      if (dimension in SEGMENTS) {
        return own[dimension]?.[segment] ?? segmentLabel(dimension as keyof typeof SEGMENTS, segment, lang)
      }
      return segment
    },
  }
}
