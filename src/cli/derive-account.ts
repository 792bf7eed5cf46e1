import type { AccountFacts, ClientFacts, FieldFact, FieldInfo, PipelineFacts } from '../segmentation/facts.ts'
import type { Policy } from '../segmentation/policy.ts'
import type { Comparison } from '../segmentation/rules/comparison-schema.ts'
import { UNKNOWN_ACCOUNT } from './account-facts-schema.ts'
import { comparisonsOf } from './comparisons-of.ts'

type Entity = FieldInfo['entity']

/** Comparisons that only make sense of dates. */
const isAboutDates = (comparison: Comparison): boolean =>
  comparison.fact.endsWith('.daysUntil') ||
  comparison.op === 'within_days' ||
  comparison.op === 'older_than_days' ||
  ('value' in comparison && [comparison.value].flat().some((value) => /^\d{4}-\d{2}-\d{2}/.test(String(value))))

const fieldType = (id: string, fact: FieldFact, comparisons: readonly Comparison[]): string => {
  if (fact.enumIds !== undefined) return 'multiselect'
  const [value] = fact.values
  if (typeof value === 'boolean') return 'checkbox'
  if (typeof value !== 'number') return 'multitext'
  const about = comparisons.filter(({ fact: name }) => name.split('field:')[1]?.split('.')[0] === id)
  return about.some(isAboutDates) ? 'date_time' : 'numeric'
}

const optionsOf = ({ values, enumIds }: FieldFact) =>
  (enumIds ?? []).map((id, index) => ({ id, value: String(values[index] ?? id) }))

/** Fields as the facts show them, each with all the options seen. */
class SeenFields {
  readonly #fields = new Map<string, FieldInfo>()
  readonly #comparisons: readonly Comparison[]

  constructor(comparisons: readonly Comparison[]) {
    this.#comparisons = comparisons
  }

  add(entity: Entity, id: string, fact: FieldFact): void {
    const known = this.#fields.get(`${entity} ${id}`)
    const options = new Map((known?.enums ?? []).map((one) => [one.id, one]))
    for (const option of optionsOf(fact)) options.set(option.id, option)
    const type = known?.type ?? fieldType(id, fact, this.#comparisons)
    const info = { entity, id: Number(id), code: null, name: `#${id}`, type, enums: [...options.values()] }
    this.#fields.set(`${entity} ${id}`, info)
  }

  list(): readonly FieldInfo[] {
    return [...this.#fields.values()]
  }
}

const fieldsSeen = (clients: readonly ClientFacts[], comparisons: readonly Comparison[]): readonly FieldInfo[] => {
  const seen = new SeenFields(comparisons)
  for (const client of clients) {
    for (const [id, fact] of Object.entries(client.fields)) seen.add(client.kind, id, fact)
    for (const deal of client.deals) {
      for (const [id, fact] of Object.entries(deal.fields)) seen.add('lead', id, fact)
    }
  }
  return seen.list()
}

const idsIn = (values: Iterable<unknown>): number[] =>
  [...new Set([...values].filter((value) => typeof value === 'number'))].sort((one, other) => one - other)

/** Ids that the rules compare a fact with, whoever's fact it is. */
const namedBy = (comparisons: readonly Comparison[], fact: string): unknown[] =>
  comparisons
    .filter(({ fact: name }) => name === fact || name.endsWith(`.${fact}`))
    .flatMap((one) => ('value' in one ? [one.value].flat() : []))

/** Stands for the first stage, which nothing tells: no deal is in it, so every deal counts as moved on. */
const FIRST_STAGE = { id: 0, name: '', sort: -1, type: 0 }

const pipelineOf = (id: number, statusIds: readonly number[], index: number): PipelineFacts => ({
  id,
  name: `#${id}`,
  sort: index,
  isMain: index === 0,
  statuses: [FIRST_STAGE, ...statusIds.map((status, sort) => ({ id: status, name: `#${status}`, sort, type: 0 }))],
})

const namedIds = (ids: readonly number[]) => ids.map((id) => ({ id, name: `#${id}` }))

/**
 * An account made up from a file of facts, for want of a better one: it has the pipelines, statuses, users, loss reasons
 * and fields that the facts and the rules name by id. Which stage of a pipeline is the first is not known.
 */
export const deriveAccount = (clients: readonly ClientFacts[], policy: Policy): AccountFacts => {
  const comparisons = policy.rules.flatMap((rule) => comparisonsOf(rule.when))
  const deals = clients.flatMap((client) => client.deals)
  const statuses = idsIn([...deals.map((deal) => deal.statusId), ...namedBy(comparisons, 'status')])
  const pipelines = idsIn([...deals.map((deal) => deal.pipelineId), ...namedBy(comparisons, 'pipeline')])
  const users = [...clients.map((client) => client.responsibleUserId), ...deals.map((deal) => deal.responsibleUserId)]
  const reasons = [...deals.map((deal) => deal.lossReasonId), ...namedBy(comparisons, 'lossReason')]
  return {
    ...UNKNOWN_ACCOUNT,
    pipelines: pipelines.map((id, index) => pipelineOf(id, statuses, index)),
    lossReasons: namedIds(idsIn(reasons)),
    users: namedIds(idsIn([...users, ...namedBy(comparisons, 'responsible')])),
    fields: fieldsSeen(clients, comparisons),
  }
}
