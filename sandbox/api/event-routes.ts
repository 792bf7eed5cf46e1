import type { AmoEvent } from '../world/model.ts'
import type { ApiAnswer, ApiCall, Route } from './api-call.ts'
import type { QueryNode } from './bracket-query.ts'
import { selfLink } from './card-json.ts'
import { answerPage } from './card-reads.ts'
import { pageOf, readPaging } from './paging.ts'
import { invalidFilter, listOf, mapOf, numberOf, type Range, rangeOf } from './query-values.ts'

/** Events per page at most (platform: events). */
const MOST_EVENTS = 100
/** Values of `entity_id` and `created_by` in one request at most. */
const MOST_IDS = 10

const EVENT_TYPES: ReadonlySet<string> = new Set([
  ...['lead', 'contact', 'company', 'customer'].flatMap((name) => [
    `${name}_added`,
    `${name}_deleted`,
    `${name}_restored`,
  ]),
  ...['lead', 'contact', 'company', 'customer'].flatMap((name) => [`${name}_linked`, `${name}_unlinked`]),
  ...['entity_tag_added', 'entity_tag_deleted', 'entity_linked', 'entity_unlinked', 'entity_merged'],
  ...['entity_responsible_changed', 'lead_status_changed', 'customer_status_changed'],
  ...['incoming_call', 'outgoing_call', 'incoming_chat_message', 'outgoing_chat_message', 'incoming_mail'],
  ...['outgoing_mail', 'incoming_sms', 'outgoing_sms', 'sale_field_changed', 'name_field_changed'],
  ...['ltv_field_changed', 'custom_field_value_changed', 'transaction_added', 'robot_replied'],
  ...['common_note_added', 'common_note_deleted', 'attachment_note_added', 'service_note_added', 'geo_note_added'],
  ...['task_added', 'task_deleted', 'task_completed', 'task_text_changed', 'task_deadline_changed', 'talk_created'],
])

/** The account's event list, newest first. */
export const eventRoutes: readonly Route[] = [{ method: 'GET', path: '/v4/events', handle: listEvents }]

function listEvents(call: ApiCall): ApiAnswer {
  const tests = [...mapOf(call.query, 'filter')].map(([name, node]) => testOf(name, node))
  const request = readPaging(call.query, MOST_EVENTS)
  const found = call.world.events.filter((event) => tests.every((test) => test(event))).reverse()
  const { items, hasNext } = pageOf(found, request)
  return answerPage(call, 'events', { items: items.map((event) => eventJson(call, event)), hasNext }, request)
}

function testOf(name: string, node: QueryNode): (event: AmoEvent) => boolean {
  if (name === 'created_at') {
    const { from, to } = createdRange(node)
    return (event) => event.createdAt >= from && event.createdAt <= to
  }
  const words = listOf(node, name).flatMap((text) => text.split(','))
  const wanted = new Set(words)
  if (name === 'type') {
    const unknown = words.find((word) => !EVENT_TYPES.has(word) && !/^custom_field_\d+_value_changed$/.test(word))
    if (unknown !== undefined) throw invalidFilter(`type ${unknown}`)
    return (event) => wanted.has(event.type)
  }
  if (name === 'id') return (event) => wanted.has(event.id)
  if (name === 'entity') {
    const unknown = words.find((word) => !ENTITIES.has(word))
    if (unknown !== undefined) throw invalidFilter(`entity ${unknown}`)
    return (event) => wanted.has(event.entityType)
  }
  if (name !== 'entity_id' && name !== 'created_by') throw invalidFilter(name)
  if (words.length > MOST_IDS) throw invalidFilter(`${name}: at most ${MOST_IDS} values`)
  return (event) => wanted.has(String(name === 'entity_id' ? event.entityId : event.createdBy))
}

const ENTITIES: ReadonlySet<string> = new Set(['lead', 'contact', 'company', 'customer', 'task', 'catalog'])

/** `[from]` and `[to]`, an exact instant, or `from,to`. */
function createdRange(node: QueryNode): Range {
  if (typeof node !== 'string' || !node.includes(',')) return rangeOf(node, 'created_at')
  const [from, to] = node.split(',')
  return { from: numberOf(from, 'created_at'), to: numberOf(to, 'created_at') }
}

const COLLECTION = { lead: 'leads', contact: 'contacts', company: 'companies' } as const

function eventJson(call: ApiCall, event: AmoEvent): unknown {
  return {
    id: event.id,
    type: event.type,
    entity_id: event.entityId,
    entity_type: event.entityType,
    created_by: event.createdBy,
    created_at: event.createdAt,
    value_after: event.valueAfter,
    value_before: event.valueBefore,
    account_id: call.world.account.id,
    _links: selfLink(call, 'events', event.id),
    _embedded: {
      entity: { id: event.entityId, _links: selfLink(call, COLLECTION[event.entityType], event.entityId) },
    },
  }
}
