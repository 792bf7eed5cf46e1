import { type Finding, finding, type Path } from './check-finding.ts'
import type { PolicyCheck } from './check-policy.ts'
import type { AccountFacts } from './facts.ts'
import type { EntryAction } from './policy/entry-action.ts'
import type { FieldRef } from './policy/shared-settings.ts'
import type { Policy } from './policy.ts'
import { fieldsNamed } from './rules/field-facts.ts'

/** An action and where in the policy it stands. */
export interface Placed {
  readonly action: EntryAction
  readonly path: Path
}

type FieldAction = Extract<EntryAction, { type: 'field' }>

/** Every entry action of a policy: those of transitions, then those of rules. */
export const placedActions = (policy: Policy): Placed[] => [
  ...policy.actions.flatMap(({ actions }, index) =>
    actions.map((action, at) => ({ action, path: ['actions', index, 'actions', at] })),
  ),
  ...policy.rules.flatMap(({ actions }, index) =>
    actions.map((action, at) => ({ action, path: ['rules', index, 'actions', at] })),
  ),
]

/** Keys under which one field is known, whether a setting names it by id or by code. */
export const fieldKeys = (ref: FieldRef, owner: 'client' | 'deal', account: AccountFacts | null): readonly string[] => {
  const found = account === null ? [] : fieldsNamed(String(ref), owner, account)
  return found.length === 0
    ? [`${owner} field ${String(ref).toLowerCase()}`]
    : found.map((field) => `${owner} field ${field.id}`)
}

const unknownField = ({ field, on }: FieldAction, path: Path, account: AccountFacts): Finding[] => {
  if (fieldsNamed(String(field), on, account).length > 0) return []
  const whose = on === 'deal' ? 'Deals have' : 'Contacts and companies have'
  return [
    finding([...path, 'field'], {
      message: `${whose} no field ${JSON.stringify(field)}`,
      advice: 'Check the field in the settings of the account',
    }),
  ]
}

/** Fields that the policy keeps or reads by itself: an action that set one would be undone, or would change the answer. */
const reservedFields = (policy: Policy, account: AccountFacts | null): ReadonlyMap<string, string> => {
  const { targets, purchaseDateField } = policy
  const kept = Object.values(targets).flatMap(({ field }) =>
    field === null ? [] : fieldKeys(field, 'client', account).map((key) => [key, 'shows a segment'] as const),
  )
  const dates = purchaseDateField === null ? [] : fieldKeys(purchaseDateField, 'deal', account)
  return new Map([...kept, ...dates.map((key) => [key, 'dates purchases'] as const)])
}

const reservedField = (
  { field, on }: FieldAction,
  path: Path,
  reserved: ReadonlyMap<string, string>,
  account: AccountFacts | null,
): Finding[] => {
  const why = fieldKeys(field, on, account)
    .map((key) => reserved.get(key))
    .find((text) => text !== undefined)
  if (why === undefined) return []
  return [
    finding([...path, 'field'], {
      message: `The field ${JSON.stringify(field)} ${why}, so setting it would change or undo the policy's own answer`,
      advice: 'Set another field',
    }),
  ]
}

const unknownUser = (action: EntryAction, path: Path, account: AccountFacts): Finding[] => {
  if (action.type !== 'task' || action.responsibleUserId === null) return []
  const { responsibleUserId: id } = action
  if (account.users.some((user) => user.id === id)) return []
  return [
    finding([...path, 'responsibleUserId'], {
      message: `The account has no user ${id}`,
      advice: "Choose a user of the account, or null for the client's responsible user",
    }),
  ]
}

/** The actions of transitions and rules: what they name must be there, and they must not undo the policy's own work. */
export const checkActions = (policy: Policy, account: AccountFacts | null): PolicyCheck => {
  const reserved = reservedFields(policy, account)
  const errors = placedActions(policy).flatMap(({ action, path }) => [
    ...(action.type === 'field' ? reservedField(action, path, reserved, account) : []),
    ...(account === null ? [] : unknownUser(action, path, account)),
    ...(account === null || action.type !== 'field' ? [] : unknownField(action, path, account)),
  ])
  return { errors, warnings: [] }
}
