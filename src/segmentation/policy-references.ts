import type { AccountFacts, FieldInfo } from './facts.ts'
import { fieldIdOf } from './policy/field-id-of.ts'
import type { PolicyProblem } from './policy/policy-problems.ts'
import type { FieldRef } from './policy/shared-settings.ts'
import type { Policy } from './policy.ts'

type Check = (policy: Policy, account: AccountFacts) => PolicyProblem[]

const statusProblems = (
  {
    pipelineId,
    statusIds,
  }: { readonly pipelineId: number; readonly statusIds: readonly (readonly [string, number])[] },
  path: string,
  account: AccountFacts,
): PolicyProblem[] => {
  const pipeline = account.pipelines.find((one) => one.id === pipelineId)
  if (pipeline === undefined) {
    return [{ path: `${path}.pipelineId`, message: `The account has no pipeline ${pipelineId}: choose one of its own` }]
  }
  const known = new Set(pipeline.statuses.map((status) => status.id))
  return statusIds
    .filter(([, id]) => !known.has(id))
    .map(([at, id]) => ({
      path: `${path}.${at}`,
      message: `The pipeline "${pipeline.name}" has no status ${id}: choose one of its own`,
    }))
}

const purchaseProblems: Check = (policy, account) =>
  policy.purchasePipelines.flatMap(({ pipelineId, statusIds }, index) =>
    statusProblems(
      { pipelineId, statusIds: statusIds.map((id, at) => [`statusIds.${at}`, id] as const) },
      `purchasePipelines.${index}`,
      account,
    ),
  )

const cardProblems: Check = ({ card }, account) =>
  card === null
    ? []
    : statusProblems(
        {
          pipelineId: card.pipelineId,
          statusIds: Object.entries(card.statuses).flatMap(([segment, id]) =>
            id === undefined ? [] : [[`statuses.${segment}`, id] as const],
          ),
        },
        'card',
        account,
      )

const ENTITY: Readonly<Record<FieldInfo['entity'], string>> = {
  lead: 'deals',
  contact: 'contacts',
  company: 'companies',
}

const fieldProblem = (
  ref: FieldRef,
  entity: FieldInfo['entity'],
  types: readonly string[] | null,
  path: string,
  account: AccountFacts,
): PolicyProblem[] => {
  const id = fieldIdOf(ref, entity, account)
  const field = account.fields.find((one) => one.entity === entity && one.id === id)
  if (field === undefined) {
    return [{ path, message: `The account's ${ENTITY[entity]} have no field ${ref}: choose one of their own` }]
  }
  return types === null || types.includes(field.type)
    ? []
    : [{ path, message: `The field "${field.name}" is of the type ${field.type}: choose one of ${types.join(', ')}` }]
}

const fieldProblems: Check = (policy, account) => {
  const { purchaseDateField, targets, clientEntity } = policy
  const date =
    purchaseDateField === null
      ? []
      : fieldProblem(purchaseDateField, 'lead', ['date', 'date_time'], 'purchaseDateField', account)
  const shown = Object.entries(targets).flatMap(([dimension, { field }]) =>
    field === null ? [] : fieldProblem(field, clientEntity, ['select'], `targets.${dimension}.field`, account),
  )
  return [...date, ...shown]
}

const lossReasonProblems: Check = ({ junkReasons }, account) => {
  const known = new Set(account.lossReasons.map((reason) => reason.id))
  return junkReasons.flatMap((id, index) =>
    known.has(id)
      ? []
      : [{ path: `junkReasons.${index}`, message: `The account has no loss reason ${id}: remove it from the list` }],
  )
}

const actionProblems: Check = (policy, account) =>
  [
    ...policy.actions.map(({ actions }, index) => ({ actions, path: `actions.${index}` })),
    ...policy.rules.map(({ actions }, index) => ({ actions, path: `rules.${index}` })),
  ].flatMap(({ actions, path }) =>
    actions.flatMap((action, at) => {
      if (action.type !== 'field') return []
      const entity = action.on === 'deal' ? 'lead' : policy.clientEntity
      return fieldProblem(action.field, entity, null, `${path}.actions.${at}.field`, account)
    }),
  )

/**
 * Pipelines, statuses, fields and loss reasons that the policy names and the account does not have: told when a policy is
 * saved. A policy whose references break later goes on; what is missing matches nothing. Conditions of rules have a
 * checker of their own.
 */
export const referenceProblems = (policy: Policy, account: AccountFacts): PolicyProblem[] =>
  [purchaseProblems, cardProblems, fieldProblems, lossReasonProblems, actionProblems].flatMap((check) =>
    check(policy, account),
  )
