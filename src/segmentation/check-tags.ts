import { type Finding, finding, type Path } from './check-finding.ts'
import type { PolicyCheck } from './check-policy.ts'
import { segmentNames } from './labels.ts'
import type { Policy } from './policy.ts'
import { textIn } from './rules/local-text.ts'
import { folded } from './rules/operand.ts'

/** A tag the policy sets, and for whom. */
interface OwnTag {
  readonly tag: string
  readonly path: Path
  readonly by: string
}

const DIMENSIONS = ['lifecycle', 'temperature', 'standing'] as const

const segmentTags = (policy: Policy): OwnTag[] => {
  const names = segmentNames(policy)
  const { targets } = policy
  const writes = (dimension: keyof Policy['targets']) => targets[dimension].clientTags || targets[dimension].dealTags
  const segments = DIMENSIONS.filter(writes).flatMap((dimension) =>
    Object.entries(names[dimension]).map(([segment, tag]) => ({
      tag: String(tag),
      path: ['targets', dimension, 'names', segment],
      by: `the segment "${segment}" of ${dimension}`,
    })),
  )
  const tiers = writes('value')
    ? policy.value.tiers.map(({ label }, index) => ({
        tag: label,
        path: ['value', 'tiers', index, 'label'],
        by: `the tier "${label}"`,
      }))
    : []
  return [...segments, ...tiers]
}

const ruleTags = ({ rules, language }: Policy): OwnTag[] =>
  rules.flatMap(({ id, enabled, tag }, index) =>
    enabled && tag !== undefined
      ? [{ tag: textIn(tag, language), path: ['rules', index, 'tag'], by: `the rule "${id}"` }]
      : [],
  )

const sharedTags = (tags: readonly OwnTag[]): Finding[] => {
  const owners = new Map<string, OwnTag>()
  return tags.flatMap((one) => {
    const other = owners.get(folded(one.tag))
    if (other === undefined) {
      owners.set(folded(one.tag), one)
      return []
    }
    const message = `The tag "${one.tag}" is already set by ${other.by}`
    return [finding(one.path, { message, advice: 'Name one of the two differently, or nobody can tell them apart' })]
  })
}

const doubleIds = ({ rules }: Policy): Finding[] => {
  const seen = new Set<string>()
  return rules.flatMap(({ id }, index) => {
    const known = seen.has(id)
    seen.add(id)
    const complaint = { message: `Another rule has the id "${id}"`, advice: 'Give each rule an id of its own' }
    return known ? [finding(['rules', index, 'id'], complaint)] : []
  })
}

/** Names that are borne twice: ids of rules must differ, tags should. */
export const checkTags = (policy: Policy): PolicyCheck => ({
  errors: doubleIds(policy),
  warnings: sharedTags([...segmentTags(policy), ...ruleTags(policy)]),
})
