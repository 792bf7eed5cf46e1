import { type Finding, finding, type Path } from './check-finding.ts'
import type { PolicyCheck } from './check-policy.ts'
import { type AccountFacts, type FieldInfo, LOST, type PipelineFacts, WON } from './facts.ts'
import type { FieldRef } from './policy/shared-settings.ts'
import type { Policy } from './policy.ts'

/** amoCRM's type of the incoming stage, in which only the account's own forms and chats may put deals. */
const INCOMING = 1

const listed = (names: readonly string[]): string =>
  names.length === 0 ? 'The account has none' : `Choose one of ${names.slice(0, 10).join(', ')}`

const unknownPipeline = (path: Path, id: number, account: AccountFacts): Finding =>
  finding(path, {
    message: `The account has no pipeline ${id}`,
    advice: listed(account.pipelines.map((one) => `${one.id} (${one.name})`)),
  })

const unknownStatus = (path: Path, id: number, pipeline: PipelineFacts): Finding =>
  finding(path, {
    message: `The pipeline "${pipeline.name}" has no status ${id}`,
    advice: listed(pipeline.statuses.map((one) => `${one.id} (${one.name})`)),
  })

const purchasePipelines = ({ purchasePipelines: entries }: Policy, account: AccountFacts): Finding[] =>
  entries.flatMap(({ pipelineId, statusIds }, index) => {
    const path = ['purchasePipelines', index] as const
    const pipeline = account.pipelines.find((one) => one.id === pipelineId)
    if (pipeline === undefined) return [unknownPipeline([...path, 'pipelineId'], pipelineId, account)]
    const known = new Set([WON, ...pipeline.statuses.map((status) => status.id)])
    return statusIds.flatMap((id, at) =>
      known.has(id) ? [] : [unknownStatus([...path, 'statusIds', at], id, pipeline)],
    )
  })

const junkReasons = ({ junkReasons: ids }: Policy, account: AccountFacts): Finding[] =>
  ids.flatMap((id, index) =>
    account.lossReasons.some((reason) => reason.id === id)
      ? []
      : [
          finding(['junkReasons', index], {
            message: `The account has no loss reason ${id}`,
            advice: listed(account.lossReasons.map((one) => `${one.id} (${one.name})`)),
          }),
        ],
  )

type Entity = FieldInfo['entity']

/** The fields of those entities that a setting names by id or code. */
const namedFields = (ref: FieldRef, entities: readonly Entity[], account: AccountFacts): readonly FieldInfo[] =>
  account.fields.filter(
    (field) =>
      entities.includes(field.entity) &&
      (typeof ref === 'number' ? field.id === ref : field.code?.toLowerCase() === ref.toLowerCase()),
  )

const WHOSE: Readonly<Record<Entity, string>> = { lead: 'Deals', contact: 'Contacts', company: 'Companies' }

const checkedField = (
  path: Path,
  ref: FieldRef,
  entity: Entity,
  types: readonly string[],
  account: AccountFacts,
): Finding[] => {
  const [field] = namedFields(ref, [entity], account)
  if (field === undefined) {
    const fitting = account.fields.filter((one) => one.entity === entity && types.includes(one.type))
    const advice = listed(fitting.map((one) => `${one.id} (${one.name})`))
    return [finding(path, { message: `${WHOSE[entity]} have no field ${JSON.stringify(ref)}`, advice })]
  }
  if (types.includes(field.type)) return []
  const message = `The field "${field.name}" is of the type ${field.type}`
  return [finding(path, { message, advice: `Choose a field of the type ${types.join(' or ')}` })]
}

const DATE_TYPES = ['date', 'date_time', 'birthday']
const DIMENSIONS = ['lifecycle', 'temperature', 'standing', 'value'] as const

const fields = (policy: Policy, account: AccountFacts): Finding[] => [
  ...(policy.purchaseDateField === null
    ? []
    : checkedField(['purchaseDateField'], policy.purchaseDateField, 'lead', DATE_TYPES, account)),
  ...DIMENSIONS.flatMap((dimension) => {
    const { field } = policy.targets[dimension]
    const path = ['targets', dimension, 'field']
    return field === null ? [] : checkedField(path, field, policy.clientEntity, ['select'], account)
  }),
]

const cardStatus = (path: Path, id: number, pipeline: PipelineFacts): Finding[] => {
  const status = pipeline.statuses.find((one) => one.id === id)
  if (status === undefined) return [unknownStatus(path, id, pipeline)]
  if (status.type !== INCOMING) return []
  const message = `"${status.name}" is the incoming stage of the pipeline`
  return [finding(path, { message, advice: 'Choose a later stage: deals cannot be moved into the incoming one' })]
}

const cards = ({ card }: Policy, account: AccountFacts | null): Finding[] => {
  if (card === null) return []
  const closing = Object.entries(card.statuses).flatMap(([segment, id]) =>
    id === WON || id === LOST
      ? [
          finding(['card', 'statuses', segment], {
            message: `The card cannot stand in ${id}, which closes it`,
            advice: 'Choose an open stage of the client-base pipeline',
          }),
        ]
      : [],
  )
  if (account === null) return closing
  const pipeline = account.pipelines.find((one) => one.id === card.pipelineId)
  if (pipeline === undefined) return [...closing, unknownPipeline(['card', 'pipelineId'], card.pipelineId, account)]
  const open = Object.entries(card.statuses).flatMap(([segment, id]) =>
    id === undefined || id === WON || id === LOST ? [] : cardStatus(['card', 'statuses', segment], id, pipeline),
  )
  return [...closing, ...open]
}

/** A card that is moved into a purchase status would itself become a purchase, and move on as a buyer's. */
const cardPurchases = ({ card, purchasePipelines: entries }: Policy): Finding[] => {
  const counted = entries.find((one) => one.pipelineId === card?.pipelineId)
  if (card === null || counted === undefined) return []
  return Object.entries(card.statuses).flatMap(([segment, id]) =>
    id !== undefined && counted.statusIds.includes(id)
      ? [
          finding(['card', 'statuses', segment], {
            message: `Status ${id} counts as a purchase, so moving the card there would make one`,
            advice: 'Take the status out of purchasePipelines, or choose another one for the card',
          }),
        ]
      : [],
  )
}

/** The policy's own settings against the account. */
export const checkSettings = (policy: Policy, account: AccountFacts | null): PolicyCheck => {
  const own = [...cards(policy, account), ...cardPurchases(policy)]
  if (account === null) return { errors: own, warnings: [] }
  const named = [...purchasePipelines(policy, account), ...junkReasons(policy, account), ...fields(policy, account)]
  return { errors: [...named, ...own], warnings: [] }
}
