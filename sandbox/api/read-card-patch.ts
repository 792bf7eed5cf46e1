import type { CardPatch, ContactPatch } from '../changes/patch.ts'
import type { EntityType } from '../world/model.ts'
import type { ApiCall } from './api-call.ts'
import type { ItemReader } from './item-reader.ts'
import { readFields } from './read-fields.ts'
import { readTags } from './read-tags.ts'

/** Keys of a write that all cards share; anything else, read-only and computed fields among it, is refused. */
export const CARD_KEYS: readonly string[] = [
  'name',
  'responsible_user_id',
  'updated_by',
  'updated_at',
  'custom_fields_values',
  'tags_to_add',
  'tags_to_delete',
  '_embedded',
  'request_id',
]

/** Keys of a new card alone: afterwards they can't be changed. */
export const BIRTH_KEYS: readonly string[] = ['created_by', 'created_at']

/** Reads what all cards share. `embeddedKeys` says what `_embedded` may hold. */
export function readCardPatch(
  call: ApiCall,
  type: EntityType,
  reader: ItemReader,
  embeddedKeys: readonly string[],
): CardPatch {
  const embedded = reader.object('_embedded')
  embedded?.onlyKeys(new Set(embeddedKeys))
  return defined({
    name: reader.text('name'),
    responsibleUserId: userOf(call, reader),
    createdBy: authorOf(call, reader, 'created_by'),
    updatedBy: authorOf(call, reader, 'updated_by'),
    createdAt: reader.whole('created_at'),
    updatedAt: reader.whole('updated_at'),
    tags: readTags(reader, embedded, call.world.tags[type]),
    fields: readFields(reader, call.world.fields[type]),
  })
}

const CONTACT_KEYS = new Set([...CARD_KEYS, 'first_name', 'last_name'])
const COMPANY_KEYS = new Set(CARD_KEYS)

export function readContactPatch(call: ApiCall, reader: ItemReader, more: readonly string[]): ContactPatch {
  reader.onlyKeys(new Set([...CONTACT_KEYS, ...more]))
  return {
    ...readCardPatch(call, 'contacts', reader, ['tags']),
    ...defined({ firstName: reader.text('first_name'), lastName: reader.text('last_name') }),
  }
}

export function readCompanyPatch(call: ApiCall, reader: ItemReader, more: readonly string[]): CardPatch {
  reader.onlyKeys(new Set([...COMPANY_KEYS, ...more]))
  return readCardPatch(call, 'companies', reader, ['tags'])
}

function userOf(call: ApiCall, reader: ItemReader): number | undefined {
  const id = reader.whole('responsible_user_id')
  if (id === undefined || call.world.users.some((user) => user.id === id)) return id
  return reader.refuse('NotSupportedChoice', 'responsible_user_id', 'The value you selected is not a valid choice.')
}

/** Authors: the token's user or a robot; passing back somebody else's id fails. */
function authorOf(call: ApiCall, reader: ItemReader, key: string): number | undefined {
  const id = reader.whole(key)
  if (id === undefined || id === 0 || id === call.user.id) return id
  return reader.refuse('NotSupportedChoice', key, 'The value you selected is not a valid choice.')
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The same object without keys that are undefined. */
export function defined<T extends object>(object: T): Defined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Defined<T>
}
