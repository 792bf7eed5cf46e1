import { closestTaskAt } from '../changes/tasks.ts'
import type { Card, EntityType, Lead } from '../world/model.ts'
import type { OrderKey } from '../world/shelf.ts'
import type { World } from '../world/world.ts'
import type { QueryMap, QueryNode } from './bracket-query.ts'
import type { Selection } from './list-shelf.ts'
import { invalidFilter, listOf, mapOf, numberOf, numbersOf, type Range, rangeOf, wordsOf } from './query-values.ts'

type Test<T> = (item: T) => boolean
type Filter<T> = (node: QueryNode, world: World, type: EntityType) => Test<T>

const among =
  <T>(name: string, pick: (item: T) => number): Filter<T> =>
  (node) => {
    const wanted = new Set(numbersOf(node, name))
    return (item) => wanted.has(pick(item))
  }

const within =
  <T>(name: string, pick: (item: T, world: World, type: EntityType) => number | null): Filter<T> =>
  (node, world, type) => {
    const { from, to } = rangeOf(node, name)
    return (item) => {
      const value = pick(item, world, type)
      return value !== null && value >= from && value <= to
    }
  }

/** Filters all cards know. `id` and `updated_at` are served by indexes, see `readCardSelection`. */
const CARD_FILTERS: Readonly<Record<string, Filter<Card>>> = {
  name: (node) => {
    const wanted = new Set(listOf(node, 'name'))
    return (card) => wanted.has(card.name)
  },
  created_by: among('created_by', (card) => card.createdBy),
  updated_by: among('updated_by', (card) => card.updatedBy),
  responsible_user_id: among('responsible_user_id', (card) => card.responsibleUserId),
  created_at: within('created_at', (card) => card.createdAt),
  closest_task_at: within('closest_task_at', (card, world, type) => closestTaskAt(world, type, card.id)),
  custom_fields_values: fieldFilter,
}

const LEAD_FILTERS: Readonly<Record<string, Filter<Lead>>> = {
  price: within('price', (lead) => lead.price),
  closed_at: within('closed_at', (lead) => lead.closedAt),
  pipeline_id: among('pipeline_id', (lead) => lead.pipelineId),
  statuses: (node) => {
    if (typeof node === 'string') throw invalidFilter('statuses')
    const wanted = new Set([...node.values()].map(statusKey))
    return (lead) => wanted.has(`${lead.pipelineId}:${lead.statusId}`)
  },
}

function statusKey(node: QueryNode): string {
  if (typeof node === 'string') throw invalidFilter('statuses')
  return `${numberOf(node.get('pipeline_id'), 'statuses')}:${numberOf(node.get('status_id'), 'statuses')}`
}

function fieldFilter(node: QueryNode, world: World, type: EntityType): Test<Card> {
  if (typeof node === 'string') throw invalidFilter('custom_fields_values')
  const tests = [...node].map(([id, wanted]): Test<Card> => {
    const fieldId = numberOf(id, 'custom_fields_values')
    if (world.fields[type].byId(fieldId) === undefined) throw invalidFilter(`custom_fields_values.${id}`)
    const test = valueTest(wanted)
    return (card) => {
      const values = card.fields?.find((entry) => entry.fieldId === fieldId)?.values ?? []
      return values.some((value) => test(value.enumId, value.value))
    }
  })
  return (card) => tests.every((test) => test(card))
}

function valueTest(node: QueryNode): (enumId: number | undefined, value: string | number | boolean) => boolean {
  if (node instanceof Map && (node.has('from') || node.has('to'))) {
    const { from, to } = rangeOf(node, 'custom_fields_values')
    return (_, value) => Number(value) >= from && Number(value) <= to
  }
  const wanted = new Set(listOf(node, 'custom_fields_values'))
  return (enumId, value) => wanted.has(String(value)) || (enumId !== undefined && wanted.has(String(enumId)))
}

/** Reads what a list of cards is asked for. An unknown filter is refused: silence would hide a product's mistake. */
export function readCardSelection(world: World, type: 'leads', query: QueryMap): Selection<Lead>
export function readCardSelection(world: World, type: 'contacts' | 'companies', query: QueryMap): Selection<Card>
export function readCardSelection(world: World, type: EntityType, query: QueryMap): Selection<Lead> {
  const known: Readonly<Record<string, Filter<Lead>>> =
    type === 'leads' ? { ...CARD_FILTERS, ...LEAD_FILTERS } : CARD_FILTERS
  let ids: readonly number[] | null = null
  let updated: Range | null = null
  const tests: Test<Lead>[] = []
  for (const [name, node] of mapOf(query, 'filter')) {
    if (name === 'id') ids = numbersOf(node, name)
    else if (name === 'updated_at') updated = rangeOf(node, name)
    else tests.push(filterOf(known, name)(node, world, type))
  }
  const text = query.get('query')
  if (typeof text === 'string' && text !== '') tests.push(textTest(text))
  return {
    ids,
    updated,
    matches: tests.length === 0 ? null : (card) => tests.every((test) => test(card)),
    order: readOrder(query, ['id', 'created_at', 'updated_at']),
    deleted: type === 'leads' && wordsOf(query, 'with').has('only_deleted'),
  }
}

function filterOf<T>(known: Readonly<Record<string, Filter<T>>>, name: string): Filter<T> {
  const filter = Object.hasOwn(known, name) ? known[name] : undefined
  if (filter === undefined) throw invalidFilter(name)
  return filter
}

function textTest(text: string): Test<Card> {
  const wanted = text.toLowerCase()
  return (card) =>
    card.name.toLowerCase().includes(wanted) ||
    (card.fields ?? []).some(({ values }) => values.some(({ value }) => String(value).toLowerCase().includes(wanted)))
}

/** `order[<key>]=asc|desc`; default: by id, ascending. */
export function readOrder(query: QueryMap, allowed: readonly OrderKey[]): { by: OrderKey; isDescending: boolean } {
  const [entry] = mapOf(query, 'order')
  if (entry === undefined) return { by: 'id', isDescending: false }
  const by = allowed.find((key) => key === entry[0])
  if (by === undefined || (entry[1] !== 'asc' && entry[1] !== 'desc')) throw invalidFilter(`order.${entry[0]}`)
  return { by, isDescending: entry[1] === 'desc' }
}
