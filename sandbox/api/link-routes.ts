import { linkCards, unlinkCards } from '../changes/link-cards.ts'
import { contactsOf, type LinkTarget, mainContactOf } from '../changes/links.ts'
import { ENTITY_TYPES, type EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { type ItemReader, readBatch, throwFaults } from './item-reader.ts'
import { Problem } from './problem.ts'
import { invalidFilter, listOf, mapOf, numbersOf } from './query-values.ts'

/** Links between deals, contacts and companies: of one card, and in bulk. */
export const linkRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type): Route[] => [
  { method: 'GET', path: `/v4/${type}/:id/links`, handle: (call) => listLinks(call, type, [Number(call.params.id)]) },
  { method: 'GET', path: `/v4/${type}/links`, handle: (call) => listLinks(call, type, bulkIds(call)) },
  { method: 'POST', path: `/v4/${type}/:id/link`, handle: (call) => link(call, type, Number(call.params.id)) },
  { method: 'POST', path: `/v4/${type}/link`, handle: (call) => link(call, type, null) },
  { method: 'POST', path: `/v4/${type}/:id/unlink`, handle: (call) => unlink(call, type, Number(call.params.id)) },
  { method: 'POST', path: `/v4/${type}/unlink`, handle: (call) => unlink(call, type, null) },
])

function bulkIds(call: ApiCall): readonly number[] {
  const node = mapOf(call.query, 'filter').get('entity_id')
  if (node === undefined) throw invalidFilter('entity_id')
  return numbersOf(node, 'entity_id')
}

function listLinks(call: ApiCall, type: EntityType, ids: readonly number[]): ApiAnswer {
  const filters = mapOf(call.query, 'filter')
  const toType = filters.get('to_entity_type')
  const toId = filters.get('to_entity_id')
  const types = toType === undefined ? null : listOf(toType, 'to_entity_type')
  const targets = toId === undefined ? null : numbersOf(toId, 'to_entity_id')
  const links = ids.flatMap((id) =>
    linksOf(call.world, type, id)
      .filter((end) => (types === null || types.includes(end.type)) && (targets === null || targets.includes(end.id)))
      .map((end) => linkJson(call.world, { type, id }, end)),
  )
  return links.length === 0 ? NO_CONTENT : answerLinks(call, links)
}

function linksOf(world: World, type: EntityType, id: number): readonly LinkTarget[] {
  const ends = (targets: readonly number[], of: EntityType): LinkTarget[] =>
    targets.filter((target) => world[of].get(target) !== undefined).map((target) => ({ type: of, id: target }))
  if (type === 'leads') {
    const lead = world.leads.get(id)
    if (lead === undefined) return []
    return [
      ...ends(contactsOf(world, lead), 'contacts'),
      ...ends(lead.companyId === null ? [] : [lead.companyId], 'companies'),
    ]
  }
  if (type === 'contacts') {
    const contact = world.contacts.get(id)
    if (contact === undefined) return []
    return [
      ...ends(contact.leadIds, 'leads'),
      ...ends(contact.companyId === null ? [] : [contact.companyId], 'companies'),
    ]
  }
  const company = world.companies.get(id)
  return company === undefined ? [] : [...ends(company.leadIds, 'leads'), ...ends(company.contactIds, 'contacts')]
}

function linkJson(world: World, from: LinkTarget, to: LinkTarget): unknown {
  const lead = from.type === 'leads' && to.type === 'contacts' ? world.leads.get(from.id) : undefined
  return {
    entity_id: from.id,
    entity_type: from.type,
    to_entity_id: to.id,
    to_entity_type: to.type,
    metadata: lead === undefined ? null : { main_contact: mainContactOf(world, lead) === to.id },
  }
}

function answerLinks(call: ApiCall, links: readonly unknown[]): ApiAnswer {
  return ok({
    _total_items: links.length,
    _links: { self: { href: call.base + call.path } },
    _embedded: { links },
  })
}

function link(call: ApiCall, type: EntityType, id: number | null): ApiAnswer {
  const pairs = readPairs(call, type, id)
  for (const { from, to, isMain } of pairs) linkCards(call.world, from, to, isMain, call.actor)
  return answerLinks(
    call,
    pairs.map(({ from, to }) => linkJson(call.world, from, to)),
  )
}

function unlink(call: ApiCall, type: EntityType, id: number | null): ApiAnswer {
  for (const { from, to } of readPairs(call, type, id)) unlinkCards(call.world, from, to, call.actor)
  return NO_CONTENT
}

function readPairs(call: ApiCall, type: EntityType, id: number | null) {
  const keys = ['to_entity_id', 'to_entity_type', 'metadata', ...(id === null ? ['entity_id'] : [])]
  if (id !== null && call.world[type].get(id) === undefined) throw new Problem(404, 'Entity not found')
  const readers = readBatch(call.body)
  const pairs = readers.map((reader) => {
    reader.onlyKeys(new Set(keys))
    const from = { type, id: id ?? target(reader, call.world, type, 'entity_id') }
    const toType = readType(reader, type)
    const to = { type: toType, id: target(reader, call.world, toType, 'to_entity_id') }
    const metadata = reader.object('metadata')
    return { from, to, isMain: metadata?.flag('is_main') ?? false }
  })
  throwFaults(readers)
  return pairs
}

function readType(reader: ItemReader, from: EntityType): EntityType {
  reader.require('to_entity_type')
  const text = reader.text('to_entity_type')
  const type = ENTITY_TYPES.find((known) => known === text && known !== from)
  if (type !== undefined) return type
  reader.refuse('NotSupportedChoice', 'to_entity_type', 'The value you selected is not a valid choice.')
  return from
}

function target(reader: ItemReader, world: World, type: EntityType, key: string): number {
  reader.require(key)
  const id = reader.whole(key) ?? 0
  if (world[type].get(id) === undefined) {
    reader.refuse('NotSupportedChoice', key, 'The value you selected is not a valid choice.')
  }
  return id
}
