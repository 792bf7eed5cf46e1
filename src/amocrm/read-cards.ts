import type { EntityType } from './amo-api.ts'
import type { Company, Contact, Lead } from './entities.ts'
import { asId, asInteger, asObject, asText, embedded, embeddedIds, type Json } from './hal.ts'
import { hasFieldValue, readFields } from './read-fields.ts'

/** Field ids worth keeping, by entity type; an absent type keeps all. Saves memory: cards have up to hundreds. */
export interface KeptFields {
  readonly leads?: ReadonlySet<number>
  readonly contacts?: ReadonlySet<number>
  readonly companies?: ReadonlySet<number>
}

/** The card of each entity type. */
export interface CardOf {
  readonly leads: Lead
  readonly contacts: Contact
  readonly companies: Company
}

/** Null: not a card, or one that is deleted. `readAt` in ms. */
export type CardReader<T extends EntityType> = (json: Json, readAt: number, keep: KeptFields) => CardOf[T] | null

export const CARD_READERS: { readonly [T in EntityType]: CardReader<T> } = {
  leads: readLead,
  contacts: readContact,
  companies: readCompany,
}

/** A deal, also one in the bin: `leads` with `deleted` asks for those. */
export function readAnyLead(json: Json, readAt: number, keep: KeptFields): Lead | null {
  const card = readCard(json, readAt, keep.leads)
  const statusId = asInteger(json.status_id)
  const pipelineId = asInteger(json.pipeline_id)
  if (card === null || statusId === null || pipelineId === null) return null
  return {
    ...card,
    pipelineId,
    statusId,
    price: readPrice(json.price),
    closedAt: asId(json.closed_at),
    lossReasonId: asId(json.loss_reason_id) ?? embeddedIds(json, 'loss_reason')[0] ?? null,
    sourceId: asId(json.source_id) ?? asId(asObject(asObject(json._embedded).source).id),
    contacts: readLinkedContacts(json),
    companyId: embeddedIds(json, 'companies')[0] ?? null,
  }
}

function readLead(json: Json, readAt: number, keep: KeptFields): Lead | null {
  return isDeleted(json) ? null : readAnyLead(json, readAt, keep)
}

function readContact(json: Json, readAt: number, keep: KeptFields): Contact | null {
  const card = isDeleted(json) ? null : readCard(json, readAt, keep.contacts)
  if (card === null) return null
  return {
    ...card,
    ...readReach(json),
    companyId: embeddedIds(json, 'companies')[0] ?? null,
    leadIds: embeddedIds(json, 'leads'),
  }
}

function readCompany(json: Json, readAt: number, keep: KeptFields): Company | null {
  const card = isDeleted(json) ? null : readCard(json, readAt, keep.companies)
  return card && { ...card, ...readReach(json), leadIds: embeddedIds(json, 'leads') }
}

function readCard(json: Json, readAt: number, keep: ReadonlySet<number> | undefined) {
  const id = asId(json.id)
  if (id === null) return null
  return {
    id,
    name: asText(json.name),
    responsibleUserId: asInteger(json.responsible_user_id) ?? 0,
    createdAt: asInteger(json.created_at) ?? 0,
    updatedAt: asInteger(json.updated_at) ?? 0,
    tags: embedded(json, 'tags')
      .map((tag) => asText(tag.name))
      .filter((name) => name !== ''),
    fields: readFields(json.custom_fields_values, keep),
    readAt,
  }
}

function readReach(json: Json): { hasPhone: boolean; hasEmail: boolean } {
  const fields = json.custom_fields_values
  return { hasPhone: hasFieldValue(fields, 'PHONE'), hasEmail: hasFieldValue(fields, 'EMAIL') }
}

/** Cards say `is_main`, links say `metadata.main_contact`; both shapes are taken. */
function readLinkedContacts(json: Json): { id: number; isMain: boolean }[] {
  return embedded(json, 'contacts').flatMap((link) => {
    const id = asId(link.id)
    const isMain = link.is_main === true || link.main_contact === true || asObject(link.metadata).main_contact === true
    return id === null ? [] : [{ id, isMain }]
  })
}

function readPrice(price: unknown): number | null {
  if (price === null || price === undefined || price === '') return null
  const number = Number(price)
  return Number.isFinite(number) ? number : null
}

function isDeleted(json: Json): boolean {
  return json.is_deleted === true || json.is_deleted === 1 || json.is_deleted === '1'
}
