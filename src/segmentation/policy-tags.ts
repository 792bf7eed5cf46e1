import { segmentNames } from './labels.ts'
import type { Policy } from './policy.ts'
import { textIn } from './rules/local-text.ts'

type Tagging = Pick<Policy, 'language' | 'targets' | 'value' | 'rules'>

/** Tags of the rules that are on and set one, by rule id. */
export const ruleTags = ({ rules, language }: Pick<Policy, 'rules' | 'language'>): ReadonlyMap<string, string> =>
  new Map(
    rules.flatMap(({ id, enabled, tag }) =>
      enabled && tag !== undefined ? [[id, textIn(tag, language)] as const] : [],
    ),
  )

const dimensionTags = (policy: Tagging): string[] => {
  const { targets } = policy
  const names = segmentNames(policy)
  return [
    { target: targets.lifecycle, tags: Object.values(names.lifecycle) },
    { target: targets.temperature, tags: Object.values(names.temperature) },
    { target: targets.standing, tags: Object.values(names.standing) },
    { target: targets.value, tags: policy.value.tiers.map((tier) => tier.label) },
  ].flatMap(({ target, tags }) => (target.clientTags || target.dealTags ? tags : []))
}

/** Every tag the policy could ever set. */
export const policyTags = (policy: Tagging): string[] => [...dimensionTags(policy), ...ruleTags(policy).values()]
