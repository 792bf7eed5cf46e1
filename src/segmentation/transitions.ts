import type { CompiledPolicy } from './compile-policy.ts'
import type { Seconds } from './facts.ts'
import type { EntryAction } from './policy/entry-action.ts'
import type { TransitionActions } from './policy/transition-settings.ts'
import type { RuleMatch, Verdict } from './verdict.ts'

/** The answers of a verdict without their reasons, as remembered between two looks at a client. */
export interface Segments {
  /** When they were decided. */
  readonly at: Seconds
  readonly lifecycle: string
  readonly temperature: string
  readonly standing: string | null
  readonly tier: string | null
  /** Keys of the rules that held, see `ruleKey`. */
  readonly rules: readonly string[]
}

/** Id of a rule that holds for the client; of one that holds for a deal, `ruleId#dealId`. */
export const ruleKey = ({ ruleId, dealId }: Pick<RuleMatch, 'ruleId' | 'dealId'>): string =>
  dealId === null ? ruleId : `${ruleId}#${dealId}`

export const segmentsOf = (verdict: Verdict): Segments => ({
  at: verdict.at,
  lifecycle: verdict.lifecycle.segment,
  temperature: verdict.temperature.segment,
  standing: verdict.standing?.segment ?? null,
  tier: verdict.value.tier,
  rules: verdict.rules.map(ruleKey),
})

/** A segment or rule that the client, or one of his deals, has just entered, and what is then to be done. */
export interface Entry {
  /** Unique among the entries of one transition: the dimension, or the key of the rule. */
  readonly name: string
  readonly dimension: TransitionActions['dimension'] | 'rule'
  readonly ruleId: string | null
  readonly dealId: number | null
  /** The segment left; null: none. */
  readonly from: string | null
  /** The segment entered; of a rule its id. */
  readonly to: string
  readonly actions: readonly EntryAction[]
}

const fits = (list: readonly string[], segment: string | null): boolean =>
  list.length === 0 || (segment !== null && list.includes(segment))

const dimensionEntry = (
  dimension: TransitionActions['dimension'],
  from: string | null,
  to: string | null,
  { policy }: CompiledPolicy,
): Entry[] => {
  if (to === null || to === from) return []
  const actions = policy.actions
    .filter((one) => one.dimension === dimension && fits(one.from, from) && fits(one.to, to))
    .flatMap((one) => one.actions)
  return [{ name: dimension, dimension, ruleId: null, dealId: null, from, to, actions }]
}

const ruleEntries = (from: Segments | null, { rules }: Verdict, { policy }: CompiledPolicy): Entry[] => {
  const held = new Set(from?.rules)
  return rules.flatMap((match): Entry[] => {
    const name = ruleKey(match)
    const rule = policy.rules.find((one) => one.id === match.ruleId)
    if (rule === undefined || held.has(name)) return []
    const { ruleId, dealId } = match
    return [{ name, dimension: 'rule', ruleId, dealId, from: null, to: ruleId, actions: rule.actions }]
  })
}

/** Everything newly entered between the segments last remembered and a verdict, in the order of the dimensions. */
export const entriesBetween = (from: Segments | null, to: Verdict, policy: CompiledPolicy): Entry[] => {
  const now = segmentsOf(to)
  return [
    ...dimensionEntry('lifecycle', from?.lifecycle ?? null, now.lifecycle, policy),
    ...dimensionEntry('temperature', from?.temperature ?? null, now.temperature, policy),
    ...dimensionEntry('standing', from?.standing ?? null, now.standing, policy),
    ...dimensionEntry('value', from?.tier ?? null, now.tier, policy),
    ...ruleEntries(from, to, policy),
  ]
}
