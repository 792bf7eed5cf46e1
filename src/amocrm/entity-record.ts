import type { EntityRecord } from './entities.ts'
import { asId, asInteger, type Json } from './hal.ts'

/** Not every plan and user sees events and notes, and not every account knows each type of them. */
export const NOT_AVAILABLE = [400, 402, 403, 404]

/** Events name an entity in the singular, paths in the plural. */
const ENTITY_TYPES: Readonly<Record<string, EntityRecord['entityType']>> = {
  lead: 'leads',
  leads: 'leads',
  contact: 'contacts',
  contacts: 'contacts',
  company: 'companies',
  companies: 'companies',
}

/** An event or note, as far as it says what happened to whom when; null: it does not. */
export function entityRecord(entity: string, item: Json): EntityRecord | null {
  const entityType = ENTITY_TYPES[entity]
  const entityId = asId(item.entity_id)
  const at = asInteger(item.created_at)
  return entityType === undefined || entityId === null || at === null ? null : { entityType, entityId, at }
}
