import { companyItem, contactItem, leadItem, type OldValues } from '../hooks/card-items.ts'
import type { HookFields } from '../hooks/form-encode.ts'
import type { EntityType } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { ENTITY_NAME } from './record-event.ts'

export type CardAction = 'add' | 'update' | 'delete' | 'restore' | 'status' | 'responsible'

/** Tells subscribers of one change of a card; companies go under the key of contacts. */
export function announceCard(
  world: World,
  type: EntityType,
  id: number,
  action: CardAction,
  old: OldValues = {},
): void {
  const settings = [`${action}_${ENTITY_NAME[type]}`]
  // A new responsible of a contact or company arrives as an update (Kommo, webhooks).
  if (type !== 'leads' && action === 'update' && old.oldResponsibleUserId !== undefined) {
    settings.push(`responsible_${ENTITY_NAME[type]}`)
  }
  world.announce({
    settings,
    key: type === 'leads' ? 'leads' : 'contacts',
    action,
    entityId: id,
    item: () => (action === 'delete' ? deletedItem(world, type, id) : cardItem(world, type, id, old)),
  })
}

function cardItem(world: World, type: EntityType, id: number, old: OldValues): HookFields {
  if (type === 'leads') {
    const lead = world.leads.find(id)
    return lead === undefined ? { id } : leadItem(world, lead, old)
  }
  if (type === 'contacts') {
    const contact = world.contacts.find(id)
    return contact === undefined ? { id } : contactItem(world, contact, old)
  }
  const company = world.companies.find(id)
  return company === undefined ? { id } : companyItem(world, company, old)
}

function deletedItem(world: World, type: EntityType, id: number): HookFields {
  if (type !== 'leads') return { id, type: ENTITY_NAME[type] }
  const lead = world.leads.find(id)
  return { id, status_id: lead?.statusId, pipeline_id: lead?.pipelineId }
}
