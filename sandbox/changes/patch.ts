import type { FieldValue } from '../world/model.ts'
import type { TagRef } from '../world/tag-dictionary.ts'

/** Who makes a change; 0 is a robot. */
export interface Actor {
  readonly userId: number
}

export type TagChange =
  | { readonly type: 'replace'; readonly tags: readonly TagRef[] }
  | { readonly type: 'mutate'; readonly add: readonly TagRef[]; readonly remove: readonly TagRef[] }

/** New values of one field; null clears it. */
export interface FieldChange {
  readonly fieldId: number
  readonly values: readonly FieldValue[] | null
}

/** A change of a card, already found valid. Absent parts are left alone. */
export interface CardPatch {
  readonly name?: string
  readonly responsibleUserId?: number
  readonly createdBy?: number
  readonly updatedBy?: number
  readonly createdAt?: number
  readonly updatedAt?: number
  readonly tags?: TagChange
  readonly fields?: readonly FieldChange[]
}

export interface LeadPatch extends CardPatch {
  readonly price?: number | null
  readonly pipelineId?: number
  readonly statusId?: number
  readonly lossReasonId?: number | null
  readonly closedAt?: number | null
}

export interface LeadDraft extends LeadPatch {
  readonly contactIds?: readonly number[]
  readonly mainContactId?: number
  readonly companyId?: number
  readonly sourceId?: number
}

export interface ContactPatch extends CardPatch {
  readonly firstName?: string
  readonly lastName?: string
}
