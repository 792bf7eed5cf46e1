/** The entity types that have cards, tags and custom fields, named as in the API's paths. */
export type EntityType = 'leads' | 'contacts' | 'companies'

export const ENTITY_TYPES = ['leads', 'contacts', 'companies'] as const satisfies readonly EntityType[]

/** Stages every pipeline has, with the same ids everywhere: won and lost. */
export const WON = 142
export const LOST = 143

/** One value of a custom field. `enumId` stands for select-like fields and for the kind of a phone or e-mail. */
export interface FieldValue {
  readonly value: string | number | boolean
  readonly enumId?: number
}

/** Values of one custom field. Never changed in place: entities may share them. */
export interface FieldValues {
  readonly fieldId: number
  readonly values: readonly FieldValue[]
}

/** What all records have. Instants are unix seconds. */
export interface Rec {
  readonly id: number
  createdAt: number
  updatedAt: number
  isDeleted: boolean
}

export interface Card extends Rec {
  name: string
  responsibleUserId: number
  createdBy: number
  updatedBy: number
  tagIds: readonly number[]
  fields: readonly FieldValues[] | null
}

export interface Lead extends Card {
  price: number | null
  pipelineId: number
  statusId: number
  lossReasonId: number | null
  closedAt: number | null
  sourceId: number | null
  companyId: number | null
  contactIds: readonly number[]
  mainContactId: number | null
}

export interface Contact extends Card {
  firstName: string
  lastName: string
  companyId: number | null
  leadIds: readonly number[]
}

export interface Company extends Card {
  leadIds: readonly number[]
  contactIds: readonly number[]
}

export interface CardOf {
  leads: Lead
  contacts: Contact
  companies: Company
}

export interface Task extends Rec {
  createdBy: number
  updatedBy: number
  responsibleUserId: number
  entityId: number | null
  entityType: EntityType | null
  duration: number
  isCompleted: boolean
  taskTypeId: number
  text: string
  resultText: string | null
  completeTill: number
}

export interface Note extends Rec {
  createdBy: number
  updatedBy: number
  responsibleUserId: number
  entityType: EntityType
  entityId: number
  noteType: string
  params: Readonly<Record<string, unknown>>
}

/** An entry of the account's event list. The id is text, as in the API. */
export interface AmoEvent {
  readonly id: string
  readonly type: string
  readonly entityType: 'lead' | 'contact' | 'company'
  readonly entityId: number
  readonly createdBy: number
  readonly createdAt: number
  readonly valueBefore: readonly unknown[]
  readonly valueAfter: readonly unknown[]
}
