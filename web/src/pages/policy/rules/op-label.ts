import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { DraftComparison } from './draft.ts'

/** An op in the words that suit a type of fact, e.g. "has the tag" for tags. */
export const useOpLabel = (): ((op: DraftComparison['op'], type: string) => string) => {
  const { t } = useTranslation('policy')
  return (op, type) => t(i18next.exists(`policy:ops.${type}.${op}`) ? `ops.${type}.${op}` : `ops.any.${op}`)
}
