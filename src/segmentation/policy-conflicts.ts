import type { z } from 'zod'
import type { Policy } from './policy.ts'
import { policyTags } from './policy-tags.ts'

/** A fault between two settings that are each right by themselves. */
interface Conflict {
  readonly path: (string | number)[]
  readonly message: string
}

const plain = (tag: string) => tag.trim().toLowerCase()

const stopTagConflicts = (policy: Policy): Conflict[] => {
  const stop = plain(policy.stopTag)
  return policyTags(policy).some((tag) => plain(tag) === stop)
    ? [{ path: ['stopTag'], message: 'A segment or rule sets this very tag and would freeze its clients: rename one' }]
    : []
}

const actionIds = (policy: Policy) => [
  ...policy.actions.flatMap(({ actions }, index) =>
    actions.map(({ id }, at) => ({ id, path: ['actions', index, 'actions', at, 'id'] })),
  ),
  ...policy.rules.flatMap(({ actions }, index) =>
    actions.map(({ id }, at) => ({ id, path: ['rules', index, 'actions', at, 'id'] })),
  ),
]

const actionIdConflicts = (policy: Policy): Conflict[] => {
  const seen = new Set<string>()
  return actionIds(policy).flatMap(({ id, path }) => {
    if (!seen.has(id)) {
      seen.add(id)
      return []
    }
    return [{ path, message: `Another action has the id "${id}": give each action an id of its own` }]
  })
}

const tierNameConflicts = ({ actions, value }: Policy): Conflict[] => {
  const labels = new Set(value.tiers.map((tier) => tier.label))
  return actions.flatMap((transition, index) =>
    transition.dimension !== 'value'
      ? []
      : (['from', 'to'] as const).flatMap((end) =>
          transition[end].flatMap((label, at) =>
            labels.has(label)
              ? []
              : [
                  {
                    path: ['actions', index, end, at],
                    message: `There is no tier "${label}": use a label of value.tiers`,
                  },
                ],
          ),
        ),
  )
}

/** Adds the faults between settings to those of the single ones. */
export const reportConflicts = (policy: Policy, context: z.core.$RefinementCtx<Policy>): void => {
  const conflicts = [...stopTagConflicts(policy), ...actionIdConflicts(policy), ...tierNameConflicts(policy)]
  for (const { path, message } of conflicts) context.addIssue({ code: 'custom', path, message })
}
