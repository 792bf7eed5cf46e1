import type { ClientFacts, DealFacts, FieldFacts } from '../../src/segmentation/facts.ts'
import { clientOf, isClient } from '../../src/segmentation/owner.ts'
import type { Policy } from '../../src/segmentation/policy.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'
import { contactsOf, mainContactOf } from '../changes/links.ts'
import type { Card, EntityType, Lead } from '../world/model.ts'
import type { World } from '../world/world.ts'
import { incomingAt } from './incoming-of-world.ts'

type Mode = Policy['clientEntity']

/** Whose deal it is, by its living contacts and company; null: nobody's. */
export function ownerOf(world: World, lead: Lead, mode: Mode): ClientRef | null {
  const main = mainContactOf(world, lead)
  const contacts = contactsOf(world, lead).map((id) => ({ id, isMain: id === main }))
  const companyId = lead.companyId !== null && world.companies.get(lead.companyId) ? lead.companyId : null
  return clientOf({ contacts, companyId }, mode)
}

/** Everything known of one client, read off the sandbox itself; null: it is no client, or not among the living. */
export function factsOfClient(world: World, ref: ClientRef, mode: Mode): ClientFacts | null {
  const type = ref.kind === 'contact' ? 'contacts' : 'companies'
  const card = world[type].get(ref.id)
  if (card === undefined) return null
  const leads = card.leadIds.flatMap((id) => {
    const lead = world.leads.get(id)
    const owner = lead && ownerOf(world, lead, mode)
    return lead && owner?.kind === ref.kind && owner.id === ref.id ? [lead] : []
  })
  const company = 'companyId' in card && card.companyId !== null ? world.companies.get(card.companyId) : undefined
  const companyId = company?.id ?? null
  if (!isClient({ ref, companyId, ownsDeals: leads.length > 0 }, mode)) return null
  return {
    kind: ref.kind,
    id: card.id,
    createdAt: card.createdAt,
    responsibleUserId: card.responsibleUserId,
    tags: tagsOf(world, type, card),
    fields: fieldsOf(card),
    hasPhone: hasField(world, type, card, 'PHONE'),
    hasEmail: hasField(world, type, card, 'EMAIL'),
    incomingAt: incomingAt(world, ref, leads),
    deals: leads.map((lead) => dealFacts(world, lead)),
    locks: [],
  }
}

/** Every living contact and company, clients or not. */
export function cardRefs(world: World): ClientRef[] {
  return [
    ...world.contacts.all.map(({ id }) => ({ kind: 'contact', id }) as const),
    ...world.companies.all.map(({ id }) => ({ kind: 'company', id }) as const),
  ]
}

/** Names of a card's tags. */
export function tagsOf(world: World, type: EntityType, card: Pick<Card, 'tagIds'>): string[] {
  return card.tagIds.map((id) => world.tags[type].byId(id)?.name).filter((name) => name !== undefined)
}

/** The sandbox does not remember when a deal entered its stage: policies that ask for it cannot be checked here. */
function dealFacts(world: World, lead: Lead): DealFacts {
  const { id, pipelineId, statusId, price, createdAt, updatedAt, closedAt, lossReasonId, responsibleUserId } = lead
  return {
    ...{ id, pipelineId, statusId, price, createdAt, updatedAt, closedAt, lossReasonId, responsibleUserId },
    statusSince: null,
    tags: tagsOf(world, 'leads', lead),
    fields: fieldsOf(lead),
    sourceId: lead.sourceId,
  }
}

function fieldsOf(card: Card): FieldFacts {
  return Object.fromEntries(
    (card.fields ?? []).map(({ fieldId, values }) => [fieldId, { values: values.map(({ value }) => value) }]),
  )
}

function hasField(world: World, type: EntityType, card: Card, code: 'PHONE' | 'EMAIL'): boolean {
  const field = world.fields[type].byCode(code)
  const values = card.fields?.find(({ fieldId }) => fieldId === field?.id)?.values ?? []
  return values.some(({ value }) => String(value).trim() !== '')
}
