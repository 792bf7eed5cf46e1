import { ENTITY_TYPES, type EntityType } from '../world/model.ts'
import type { ApiAnswer, ApiCall, Route } from './api-call.ts'
import { answerPage } from './card-reads.ts'
import { answer } from './card-writes.ts'
import { readBatch, throwFaults } from './item-reader.ts'
import { pageOf, readPaging } from './paging.ts'
import { invalidFilter, listOf, mapOf, numbersOf } from './query-values.ts'

/** Tag dictionaries, one per entity type. Creating a tag whose name exists answers the existing one. */
export const tagRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type): Route[] => [
  { method: 'GET', path: `/v4/${type}/tags`, handle: (call) => listTags(call, type) },
  { method: 'POST', path: `/v4/${type}/tags`, handle: (call) => addTags(call, type) },
])

function listTags(call: ApiCall, type: EntityType): ApiAnswer {
  const request = readPaging(call.query)
  const query = call.query.get('query')
  const filters = mapOf(call.query, 'filter')
  for (const name of filters.keys()) if (name !== 'id' && name !== 'name') throw invalidFilter(name)
  const id = filters.get('id')
  const name = filters.get('name')
  const ids = id === undefined ? null : new Set(numbersOf(id, 'id'))
  const names = name === undefined ? null : new Set(listOf(name, 'name'))
  const found = call.world.tags[type].all.filter(
    (tag) =>
      (ids === null || ids.has(tag.id)) &&
      (names === null || names.has(tag.name)) &&
      (typeof query !== 'string' || tag.name.toLowerCase().includes(query.toLowerCase())),
  )
  const { items, hasNext } = pageOf(found, request)
  const shown = items.map((tag) => (type === 'leads' ? tag : { id: tag.id, name: tag.name, color: null }))
  return answerPage(call, 'tags', { items: shown, hasNext }, request)
}

const TAG_KEYS = new Set(['name', 'color', 'request_id'])

/** The only colours a tag of a deal can have (platform: tags). */
const COLORS = new Set(
  (
    'EBEBEB D0D0D0 F2DDF7 D1A4DC FF8F92 FFC8C8 C7DB8C DDEBB5 8699DA AABDFF FFCE5A FFE193 90CDB0 C6F4DE A9A5D7 ' +
    'D8D5FF 86C0FC 832161 6A0F49 0C7C59 10599D 9D2B32 247BA0'
  ).split(' '),
)

function addTags(call: ApiCall, type: EntityType): ApiAnswer {
  const readers = readBatch(call.body)
  const drafts = readers.map((reader) => {
    reader.onlyKeys(TAG_KEYS)
    reader.require('name')
    const name = reader.text('name') ?? ''
    if (name.trim() === '') reader.refuse('NotBlank', 'name', 'This value should not be blank.')
    const color = reader.raw('color') === null ? undefined : reader.text('color')
    if (color !== undefined && (type !== 'leads' || !COLORS.has(color))) {
      reader.refuse('NotSupportedChoice', 'color', 'The value you selected is not a valid choice.')
    }
    return { name, color: color ?? null, requestId: reader.requestId }
  })
  throwFaults(readers)
  const tags = drafts.map(({ name, color, requestId }) => ({
    ...call.world.tags[type].ensure(name, color),
    request_id: requestId,
  }))
  return answer(call, 'tags', tags)
}
