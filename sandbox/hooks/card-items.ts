import type { Card, Company, Contact, EntityType, Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { customFieldItems } from './custom-field-items.ts'
import type { HookFields, HookValue } from './form-encode.ts'

/** Old values some hooks carry beside the card. */
export interface OldValues {
  readonly oldStatusId?: number
  readonly oldResponsibleUserId?: number
}

/** A deal as webhooks carry it: neither its contacts nor its company, loss reason or closing instant are in it. */
export function leadItem(world: World, lead: Lead, old: OldValues = {}): HookFields {
  return {
    id: lead.id,
    name: lead.name,
    status_id: lead.statusId,
    old_status_id: old.oldStatusId,
    price: lead.price,
    responsible_user_id: lead.responsibleUserId,
    last_modified: lead.updatedAt,
    modified_user_id: lead.updatedBy,
    created_user_id: lead.createdBy,
    date_create: lead.createdAt,
    pipeline_id: lead.pipelineId,
    account_id: world.account.id,
    tags: tagItems(world, 'leads', lead),
    custom_fields: customFieldItems(world, 'leads', lead.fields),
    old_responsible_user_id: old.oldResponsibleUserId,
    created_at: lead.createdAt,
    updated_at: lead.updatedAt,
  }
}

/** A contact as webhooks carry it. Its deals stand in a map keyed by their ids. */
export function contactItem(world: World, contact: Contact, old: OldValues = {}): HookFields {
  const company = contact.companyId === null ? undefined : world.companies.get(contact.companyId)
  return {
    ...ownerItem(world, 'contacts', contact, contact.leadIds, old),
    company_name: company?.name,
    linked_company_id: company?.id,
    type: 'contact',
  }
}

/** A company: it comes under the key of contacts, told apart by its type. */
export function companyItem(world: World, company: Company, old: OldValues = {}): HookFields {
  return { ...ownerItem(world, 'companies', company, company.leadIds, old), type: 'company' }
}

function ownerItem(
  world: World,
  type: EntityType,
  card: Card,
  leadIds: readonly number[],
  old: OldValues,
): Record<string, HookValue> {
  const linked = leadIds.filter((id) => world.leads.get(id) !== undefined)
  return {
    id: card.id,
    name: card.name,
    responsible_user_id: card.responsibleUserId,
    date_create: card.createdAt,
    last_modified: card.updatedAt,
    created_user_id: card.createdBy,
    modified_user_id: card.updatedBy,
    account_id: world.account.id,
    custom_fields: customFieldItems(world, type, card.fields),
    tags: tagItems(world, type, card),
    linked_leads_id: Object.fromEntries(linked.map((id) => [id, { ID: id }])),
    old_responsible_user_id: old.oldResponsibleUserId,
    created_at: card.createdAt,
    updated_at: card.updatedAt,
  }
}

function tagItems(world: World, type: EntityType, card: Card): HookValue {
  return card.tagIds.flatMap((id): HookFields[] => {
    const tag = world.tags[type].byId(id)
    return tag === undefined ? [] : [{ id: tag.id, name: tag.name }]
  })
}
