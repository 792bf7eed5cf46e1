import { contactsOf, mainContactOf } from '../changes/links.ts'
import { closestTaskAt } from '../changes/tasks.ts'
import type { Field } from '../world/field-registry.ts'
import type { Card, Company, Contact, EntityType, FieldValue, Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'
import type { ApiCall } from './api-call.ts'

type Json = Record<string, unknown>

/** A deal as the API shows it; `wanted` are the words of `with`. */
export function leadJson(call: ApiCall, lead: Lead, wanted: ReadonlySet<string>): Json {
  const { world } = call
  const main = mainContactOf(world, lead)
  return {
    id: lead.id,
    name: lead.name,
    price: lead.price,
    responsible_user_id: lead.responsibleUserId,
    group_id: 0,
    status_id: lead.statusId,
    pipeline_id: lead.pipelineId,
    loss_reason_id: lead.lossReasonId,
    ...(wanted.has('source_id') ? { source_id: lead.sourceId } : {}),
    ...stamps(lead),
    closed_at: lead.closedAt,
    closest_task_at: closestTaskAt(world, 'leads', lead.id),
    is_deleted: lead.isDeleted,
    custom_fields_values: fieldsJson(world, 'leads', lead),
    score: null,
    account_id: world.account.id,
    labor_cost: null,
    is_price_computed: false,
    ...(wanted.has('is_price_modified_by_robot') ? { is_price_modified_by_robot: false } : {}),
    _links: selfLink(call, 'leads', lead.id),
    _embedded: {
      tags: tagsJson(world, 'leads', lead),
      companies: lead.companyId === null ? [] : companyRefs(call, lead.companyId),
      ...(wanted.has('contacts')
        ? {
            contacts: contactsOf(world, lead).map((id) => ({
              id,
              is_main: id === main,
              _links: selfLink(call, 'contacts', id),
            })),
          }
        : {}),
      ...(wanted.has('loss_reason') ? { loss_reason: lossReasonJson(call, lead) } : {}),
      ...(wanted.has('catalog_elements') ? { catalog_elements: [] } : {}),
      ...(wanted.has('source') ? { source: sourceJson(world, lead) } : {}),
    },
  }
}

export function contactJson(call: ApiCall, contact: Contact, wanted: ReadonlySet<string>): Json {
  const { world } = call
  return {
    id: contact.id,
    name: contact.name,
    first_name: contact.firstName,
    last_name: contact.lastName,
    ...clientJson(call, 'contacts', contact),
    is_unsorted: false,
    _embedded: {
      tags: tagsJson(world, 'contacts', contact),
      companies: contact.companyId === null ? [] : companyRefs(call, contact.companyId),
      ...(wanted.has('leads') ? { leads: leadRefs(call, contact.leadIds) } : {}),
      ...extras(wanted),
    },
  }
}

export function companyJson(call: ApiCall, company: Company, wanted: ReadonlySet<string>): Json {
  const { world } = call
  const contacts = company.contactIds.filter((id) => world.contacts.get(id) !== undefined)
  return {
    id: company.id,
    name: company.name,
    ...clientJson(call, 'companies', company),
    _embedded: {
      tags: tagsJson(world, 'companies', company),
      ...(wanted.has('contacts')
        ? { contacts: contacts.map((id) => ({ id, _links: selfLink(call, 'contacts', id) })) }
        : {}),
      ...(wanted.has('leads') ? { leads: leadRefs(call, company.leadIds) } : {}),
      ...extras(wanted),
    },
  }
}

function clientJson(call: ApiCall, type: EntityType, card: Card): Json {
  return {
    responsible_user_id: card.responsibleUserId,
    group_id: 0,
    ...stamps(card),
    closest_task_at: closestTaskAt(call.world, type, card.id),
    is_deleted: card.isDeleted,
    custom_fields_values: fieldsJson(call.world, type, card),
    account_id: call.world.account.id,
    _links: selfLink(call, type, card.id),
  }
}

function stamps(card: Card): Json {
  return {
    created_by: card.createdBy,
    updated_by: card.updatedBy,
    created_at: card.createdAt,
    updated_at: card.updatedAt,
  }
}

function extras(wanted: ReadonlySet<string>): Json {
  return {
    ...(wanted.has('customers') ? { customers: [] } : {}),
    ...(wanted.has('catalog_elements') ? { catalog_elements: [] } : {}),
    ...(wanted.has('social_profiles') ? { social_profiles: [] } : {}),
  }
}

export function selfLink(call: ApiCall, path: string, id: number | string): Json {
  return { self: { href: `${call.base}/api/v4/${path}/${id}` } }
}

function companyRefs(call: ApiCall, id: number): Json[] {
  return call.world.companies.get(id) === undefined ? [] : [{ id, _links: selfLink(call, 'companies', id) }]
}

function leadRefs(call: ApiCall, ids: readonly number[]): Json[] {
  const living = ids.filter((id) => call.world.leads.get(id) !== undefined)
  const shown = living.slice(0, call.world.doubts.maxLinkedLeads ?? living.length)
  return shown.map((id) => ({ id, _links: selfLink(call, 'leads', id) }))
}

function tagsJson(world: World, type: EntityType, card: Card): Json[] {
  return card.tagIds.flatMap((id): Json[] => {
    const tag = world.tags[type].byId(id)
    return tag === undefined ? [] : [{ id: tag.id, name: tag.name, color: tag.color }]
  })
}

function lossReasonJson(call: ApiCall, lead: Lead): Json[] {
  const reason = call.world.lossReasons.find(({ id }) => id === lead.lossReasonId)
  return reason === undefined ? [] : [{ id: reason.id, name: reason.name, ...selfLinkPart(call, reason.id) }]
}

function selfLinkPart(call: ApiCall, id: number): Json {
  return { _links: selfLink(call, 'leads/loss_reasons', id) }
}

function sourceJson(world: World, lead: Lead): Json | null {
  const source = world.sources.find(({ id }) => id === lead.sourceId)
  return source === undefined ? null : { id: source.id, name: source.name, external_id: source.externalId }
}

function fieldsJson(world: World, type: EntityType, card: Card): Json[] | null {
  if (card.fields === null) return null
  return card.fields.flatMap((entry): Json[] => {
    const field = world.fields[type].byId(entry.fieldId)
    if (field === undefined) return []
    return [
      {
        field_id: field.id,
        field_name: field.name,
        field_code: field.code,
        field_type: field.type,
        values: entry.values.map((value) => valueJson(field, value)),
      },
    ]
  })
}

function valueJson(field: Field, value: FieldValue): Json {
  if (value.enumId === undefined) return { value: value.value }
  const option = field.enums.find(({ id }) => id === value.enumId)
  return { value: value.value, enum_id: value.enumId, enum_code: option?.code ?? null }
}
