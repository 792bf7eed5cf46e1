import { voiceOf } from '../../segmentation/render/voice.ts'
import { LANGUAGES, type Language, textIn } from '../../segmentation/rules/local-text.ts'
import type { AccountContext } from '../account-context.ts'

/** The name of a segment as the account uses it; of a tier its label, of `rule:<id>` the label of the rule. */
export const segmentName = (
  { compiled, policy }: Pick<AccountContext, 'compiled' | 'policy'>,
  dimension: string,
  segment: string,
): Readonly<Record<Language, string>> => {
  const rule = policy.rules.find(({ id }) => dimension === `rule:${id}`)
  const named = (language: Language): string => {
    if (rule !== undefined) return textIn(rule.label, language)
    if (dimension !== 'lifecycle' && dimension !== 'temperature' && dimension !== 'standing') return segment
    const names: Readonly<Record<string, string>> = voiceOf(compiled, language).names[dimension]
    return names[segment] ?? segment
  }
  const [ru, en] = LANGUAGES
  return { ru: named(ru), en: named(en) }
}
