import { createNote, NOTE_TYPES, type NoteDraft } from '../changes/notes.ts'
import { ENTITY_TYPES, type EntityType, type Note } from '../world/model.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { readOrder } from './card-filters.ts'
import { selfLink } from './card-json.ts'
import { answerPage } from './card-reads.ts'
import { answer } from './card-writes.ts'
import { type ItemReader, readBatch, throwFaults } from './item-reader.ts'
import { listShelf } from './list-shelf.ts'
import { readPaging } from './paging.ts'
import { invalidFilter, listOf, mapOf, numbersOf, type Range, rangeOf } from './query-values.ts'
import { defined } from './read-card-patch.ts'

/** Notes of all cards of a type, and of one card. */
export const noteRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type): Route[] => [
  { method: 'GET', path: `/v4/${type}/notes`, handle: (call) => listNotes(call, type, null) },
  { method: 'GET', path: `/v4/${type}/notes/:id`, handle: (call) => showNote(call, type) },
  { method: 'GET', path: `/v4/${type}/:id/notes`, handle: (call) => listNotes(call, type, Number(call.params.id)) },
  { method: 'POST', path: `/v4/${type}/notes`, handle: (call) => addNotes(call, type, null) },
  { method: 'POST', path: `/v4/${type}/:id/notes`, handle: (call) => addNotes(call, type, Number(call.params.id)) },
])

function listNotes(call: ApiCall, type: EntityType, entityId: number | null): ApiAnswer {
  let ids: readonly number[] | null = null
  let updated: Range | null = null
  const tests: ((note: Note) => boolean)[] = [(note) => note.entityType === type]
  if (entityId !== null) tests.push((note) => note.entityId === entityId)
  for (const [name, node] of mapOf(call.query, 'filter')) {
    if (name === 'id') ids = numbersOf(node, name)
    else if (name === 'updated_at') updated = rangeOf(node, name)
    else if (name === 'note_type') {
      const types = new Set(listOf(node, name))
      tests.push((note) => types.has(note.noteType))
    } else if (name === 'entity_id') {
      const entities = new Set(numbersOf(node, name))
      tests.push((note) => entities.has(note.entityId))
    } else throw invalidFilter(name)
  }
  const request = readPaging(call.query)
  const page = listShelf(
    call.world.notes,
    {
      ids,
      updated,
      matches: (note) => tests.every((test) => test(note)),
      order: readOrder(call.query, ['id', 'updated_at']),
      deleted: false,
    },
    request,
  )
  return answerPage(call, 'notes', { ...page, items: page.items.map((note) => noteJson(call, note)) }, request)
}

function showNote(call: ApiCall, type: EntityType): ApiAnswer {
  const note = call.world.notes.get(Number(call.params.id))
  return note?.entityType === type ? ok(noteJson(call, note)) : NO_CONTENT
}

function noteJson(call: ApiCall, note: Note): unknown {
  return {
    id: note.id,
    entity_id: note.entityId,
    created_by: note.createdBy,
    updated_by: note.updatedBy,
    created_at: note.createdAt,
    updated_at: note.updatedAt,
    responsible_user_id: note.responsibleUserId,
    group_id: 0,
    note_type: note.noteType,
    params: note.params,
    account_id: call.world.account.id,
    _links: selfLink(call, `${note.entityType}/notes`, note.id),
  }
}

const NOTE_KEYS = [
  'entity_id',
  'note_type',
  'params',
  'created_by',
  'responsible_user_id',
  'request_id',
  'is_need_to_trigger_digital_pipeline',
]

function addNotes(call: ApiCall, type: EntityType, entityId: number | null): ApiAnswer {
  const readers = readBatch(call.body)
  const drafts = readers.map((reader) => readNote(call, type, entityId, reader))
  throwFaults(readers)
  const made = drafts.map((draft, at) => {
    const note = createNote(call.world, draft, call.actor)
    const requestId = readers[at]?.requestId
    return {
      id: note.id,
      entity_id: note.entityId,
      request_id: requestId,
      _links: selfLink(call, `${type}/notes`, note.id),
    }
  })
  return answer(call, 'notes', made)
}

function readNote(call: ApiCall, type: EntityType, entityId: number | null, reader: ItemReader): NoteDraft {
  reader.onlyKeys(new Set(NOTE_KEYS))
  reader.require('note_type', 'params', ...(entityId === null ? ['entity_id'] : []))
  const id = reader.whole('entity_id') ?? entityId ?? 0
  if (call.world[type].get(id) === undefined) reader.refuse('NotFound', 'entity_id', 'Entity not found.')
  const noteType = reader.text('note_type') ?? ''
  if (!NOTE_TYPES.has(noteType)) {
    reader.refuse('NotSupportedChoice', 'note_type', 'The value you selected is not a valid choice.')
  }
  const params = reader.object('params')
  if (noteType === 'common' || noteType === 'service_message') params?.require('text')
  if (noteType === 'service_message') params?.require('service')
  params?.text('text')
  return {
    entityType: type,
    entityId: id,
    noteType,
    params: params?.item ?? {},
    ...defined({ responsibleUserId: reader.whole('responsible_user_id') }),
  }
}
