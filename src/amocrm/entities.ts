import type { FieldFacts } from '../segmentation/facts.ts'

/** What every card read from amoCRM has, in our own names. Instants are seconds unless said otherwise. */
interface Card {
  readonly id: number
  readonly name: string
  readonly responsibleUserId: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  /** Milliseconds: when the request that read it was sent. A reading never replaces a younger one. */
  readonly readAt: number
}

export interface Lead extends Card {
  readonly pipelineId: number
  readonly statusId: number
  readonly price: number | null
  readonly closedAt: number | null
  readonly lossReasonId: number | null
  readonly sourceId: number | null
  readonly contacts: readonly { readonly id: number; readonly isMain: boolean }[]
  readonly companyId: number | null
}

export interface Contact extends Card {
  readonly hasPhone: boolean
  readonly hasEmail: boolean
  readonly companyId: number | null
  /** Ids of linked deals; amoCRM does not promise all of them. */
  readonly leadIds: readonly number[]
}

export interface Company extends Card {
  readonly hasPhone: boolean
  readonly hasEmail: boolean
  readonly leadIds: readonly number[]
}

/** Something amoCRM has on record of an entity; `at` in seconds. */
export interface EntityRecord {
  readonly entityType: 'leads' | 'contacts' | 'companies'
  readonly entityId: number
  readonly at: number
}

/** An incoming message or call. */
export type Communication = EntityRecord

export interface AmoAccount {
  readonly id: number
  readonly name: string
  readonly subdomain: string
  readonly currency: string
  readonly timeZone: string
  readonly country: string | null
}

export interface AmoUser {
  readonly id: number
  readonly name: string
  readonly isAdmin: boolean
}

export interface AmoPipeline {
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly isMain: boolean
  readonly statuses: readonly {
    readonly id: number
    readonly name: string
    readonly sort: number
    readonly type: number
  }[]
}

export interface AmoLossReason {
  readonly id: number
  readonly name: string
}

/** Where deals come from; amoCRM names those that integrations have made. */
export interface AmoSource {
  readonly id: number
  readonly name: string
}

export interface AmoFieldInfo {
  readonly id: number
  readonly code: string | null
  readonly name: string
  readonly type: string
  readonly enums: readonly { readonly id: number; readonly value: string }[]
}

export interface AmoWebhook {
  readonly destination: string
  readonly settings: readonly string[]
  readonly disabled: boolean
}
