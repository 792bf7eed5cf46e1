import type { IgnoredDeal } from '../reason.ts'
import type { Verdict } from '../verdict.ts'
import { PHRASES } from './phrases.ts'
import type { Voice } from './voice.ts'

/** The dimensions that answer with a segment or tier. */
export type DimensionName = 'lifecycle' | 'temperature' | 'standing' | 'value'

type Names = Readonly<Record<string, string>>

/** What the facts alone would say, under its name; of a tier the name is the label. */
const computedName = (computed: string | null, names: Names): string | null =>
  computed === null ? null : (names[computed] ?? computed)

const lifecycleText = ({ at, lifecycle }: Verdict, voice: Voice): string => {
  const { reason, segment } = lifecycle
  const phrases = PHRASES[voice.language]
  const names = voice.names.lifecycle
  const why =
    reason.code === 'lock'
      ? phrases.lock(reason, computedName(reason.facts.computed, names), voice)
      : phrases.lifecycle(reason, at, voice)
  return `${names[segment]}: ${why}`
}

const temperatureText = ({ at, temperature }: Verdict, voice: Voice): string => {
  const { reason, segment } = temperature
  const phrases = PHRASES[voice.language]
  const names = voice.names.temperature
  const why =
    reason.code === 'lock'
      ? phrases.lock(reason, computedName(reason.facts.computed, names), voice)
      : phrases.temperature(reason, at, voice)
  return `${names[segment]}: ${why}`
}

const standingText = ({ standing }: Verdict, voice: Voice): string | null => {
  if (standing === null) return null
  const { reason, segment } = standing
  const phrases = PHRASES[voice.language]
  const names = voice.names.standing
  const why =
    reason.code === 'lock'
      ? phrases.lock(reason, computedName(reason.facts.computed, names), voice)
      : phrases.standing(reason, voice)
  return `${names[segment]}: ${why}`
}

const valueText = ({ value }: Verdict, voice: Voice): string => {
  const phrases = PHRASES[voice.language]
  const { reason, tier } = value
  const why =
    reason.code === 'lock' ? phrases.lock(reason, reason.facts.computed, voice) : phrases.value(reason, value, voice)
  const none = voice.policy.value.tiers.length === 0 ? phrases.noTiers : phrases.noTier
  return `${tier ?? none}: ${why}`
}

/**
 * One answer in words, as a salesperson would put it, e.g. `Спящий: последняя покупка 14.08.2026 (сделка № 1203,
 * 12 500 ₽), 99 дней назад; порог 90 дней`. Spaces within numbers and before units do not break. Null: the dimension has
 * no answer for this client.
 */
export const renderAnswer = (dimension: DimensionName, verdict: Verdict, voice: Voice): string | null => {
  switch (dimension) {
    case 'lifecycle':
      return lifecycleText(verdict, voice)
    case 'temperature':
      return temperatureText(verdict, voice)
    case 'standing':
      return standingText(verdict, voice)
    case 'value':
      return valueText(verdict, voice)
  }
}

/** One sentence for each deal that did not count. */
export const renderIgnored = (ignored: readonly IgnoredDeal[], voice: Voice): string[] =>
  ignored.map((deal) => PHRASES[voice.language].ignored(deal, voice))
