import { FIELD_TYPES, type Field, type FieldEnum, type FieldRegistry } from '../world/field-registry.ts'
import { ENTITY_TYPES, type EntityType } from '../world/model.ts'
import { type ApiAnswer, type ApiCall, NO_CONTENT, ok, type Route } from './api-call.ts'
import { selfLink } from './card-json.ts'
import { answerPage } from './card-reads.ts'
import { answer } from './card-writes.ts'
import { type ItemReader, readBatch, readSingle, throwFaults } from './item-reader.ts'
import { pageOf, readPaging } from './paging.ts'
import { Problem } from './problem.ts'
import { defined } from './read-card-patch.ts'

/** Custom fields of each entity type; an admin may add, change and delete them. */
export const fieldRoutes: readonly Route[] = ENTITY_TYPES.flatMap((type): Route[] => [
  { method: 'GET', path: `/v4/${type}/custom_fields`, handle: (call) => listFields(call, type) },
  { method: 'GET', path: `/v4/${type}/custom_fields/:id`, handle: (call) => showField(call, type) },
  { method: 'POST', path: `/v4/${type}/custom_fields`, handle: (call) => addFields(call, type) },
  { method: 'PATCH', path: `/v4/${type}/custom_fields`, handle: (call) => patchFields(call, type) },
  { method: 'PATCH', path: `/v4/${type}/custom_fields/:id`, handle: (call) => patchField(call, type) },
])

function listFields(call: ApiCall, type: EntityType): ApiAnswer {
  const request = readPaging(call.query)
  const { items, hasNext } = pageOf(call.world.fields[type].all, request)
  return answerPage(
    call,
    'custom_fields',
    { items: items.map((field) => fieldJson(call, type, field)), hasNext },
    request,
  )
}

function showField(call: ApiCall, type: EntityType): ApiAnswer {
  const field = call.world.fields[type].byId(Number(call.params.id))
  return field === undefined ? NO_CONTENT : ok(fieldJson(call, type, field))
}

function fieldJson(call: ApiCall, type: EntityType, field: Field): Record<string, unknown> {
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    account_id: call.world.account.id,
    code: field.code,
    sort: field.sort,
    is_api_only: field.isApiOnly,
    enums: field.enums.length === 0 ? null : field.enums,
    group_id: null,
    required_statuses: [],
    is_deletable: !field.isPredefined,
    is_predefined: field.isPredefined,
    entity_type: type,
    remind: null,
    _links: selfLink(call, `${type}/custom_fields`, field.id),
  }
}

const PATCH_KEYS = [
  'name',
  'code',
  'sort',
  'is_api_only',
  'is_visible',
  'group_id',
  'enums',
  'remind',
  'required_statuses',
  'request_id',
]
const DRAFT_KEYS = [...PATCH_KEYS, 'type', 'settings', 'nested']
const WITH_OPTIONS: ReadonlySet<string> = new Set(['select', 'multiselect', 'radiobutton'])

interface OptionDraft {
  readonly id: number | undefined
  readonly value: string
  readonly code: string | null
}

function onlyAdmin(call: ApiCall): void {
  if (!call.user.isAdmin) throw new Problem(403, 'Only an administrator may change fields')
}

function addFields(call: ApiCall, type: EntityType): ApiAnswer {
  onlyAdmin(call)
  const readers = readBatch(call.body)
  const registry = call.world.fields[type]
  const drafts = readers.map((reader) => readDraft(reader, registry))
  throwFaults(readers)
  const made = drafts.map((draft, at) => ({
    ...fieldJson(call, type, registry.add(draft)),
    request_id: readers[at]?.requestId,
  }))
  return answer(call, 'custom_fields', made)
}

function readDraft(reader: ItemReader, registry: FieldRegistry) {
  reader.onlyKeys(new Set(DRAFT_KEYS))
  reader.require('name', 'type')
  const name = readName(reader) ?? ''
  const text = reader.text('type')
  const type = FIELD_TYPES.find((known) => known === text)
  if (type === undefined) reader.refuse('NotSupportedChoice', 'type', 'The value you selected is not a valid choice.')
  const enums = readOptions(reader)
  if (text !== undefined && WITH_OPTIONS.has(text) && enums.length === 0) {
    reader.refuse('NotBlank', 'enums', 'This value should not be blank.')
  }
  const code = reader.raw('code') === null ? undefined : reader.text('code')
  if (code !== undefined && registry.byCode(code) !== undefined) {
    reader.refuse('NotUnique', 'code', 'A field with this code exists.')
  }
  return { name, type: type ?? 'text', enums, ...defined({ code, isApiOnly: reader.flag('is_api_only') }) }
}

function readName(reader: ItemReader): string | undefined {
  const name = reader.text('name')
  if (name?.trim() === '') reader.refuse('NotBlank', 'name', 'This value should not be blank.')
  return name
}

function readOptions(reader: ItemReader): readonly OptionDraft[] {
  return reader.objects('enums').map((entry) => {
    entry.onlyKeys(new Set(['id', 'value', 'sort', 'code']))
    entry.require('value')
    const code = entry.raw('code') === null ? undefined : entry.text('code')
    return { id: entry.whole('id'), value: entry.text('value') ?? '', code: code ?? null }
  })
}

function patchFields(call: ApiCall, type: EntityType): ApiAnswer {
  onlyAdmin(call)
  const readers = readBatch(call.body)
  const acts = readers.flatMap((reader) => {
    reader.require('id')
    const field = call.world.fields[type].byId(reader.whole('id') ?? 0)
    if (field === undefined) reader.refuse('NotFound', 'id', 'Entity not found.')
    return field === undefined ? [] : [readPatch(call, type, field, reader)]
  })
  throwFaults(readers)
  return answer(
    call,
    'custom_fields',
    acts.map((act) => fieldJson(call, type, act())),
  )
}

function patchField(call: ApiCall, type: EntityType): ApiAnswer {
  onlyAdmin(call)
  const field = call.world.fields[type].byId(Number(call.params.id))
  if (field === undefined) throw new Problem(404, 'Entity not found')
  const reader = readSingle(call.body)
  const act = readPatch(call, type, field, reader)
  throwFaults([reader])
  return ok(fieldJson(call, type, act()))
}

function readPatch(call: ApiCall, type: EntityType, field: Field, reader: ItemReader): () => Field {
  reader.onlyKeys(new Set([...PATCH_KEYS, 'id']))
  const registry = call.world.fields[type]
  const patch = defined({ name: readName(reader), isApiOnly: reader.flag('is_api_only'), sort: reader.whole('sort') })
  const options = reader.has('enums') ? readOptions(reader) : null
  return () =>
    registry.put({
      ...field,
      ...patch,
      ...(options === null ? {} : { enums: mergeOptions(registry, field, options) }),
    })
}

/** The list sent becomes the list of options: those with a known id keep it, those left out are gone. */
function mergeOptions(registry: FieldRegistry, field: Field, options: readonly OptionDraft[]): readonly FieldEnum[] {
  const fresh = registry.enumsOf(options)
  return fresh.map((made, at) => {
    const id = options[at]?.id
    return field.enums.some((known) => known.id === id) && id !== undefined ? { ...made, id } : made
  })
}
