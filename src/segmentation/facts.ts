/** Whole seconds since the Unix epoch, UTC: the unit of every instant in the core and of amoCRM's API. */
export type Seconds = number

/** The two kinds of entity that can be a client. */
export type ClientKind = 'contact' | 'company'

/**
 * Value of one custom field, already free of amoCRM's wire shapes. A field may hold several
 * (multiselect, phones). Dates and birthdays are `Seconds`, checkboxes booleans, selects their text.
 */
export interface FieldFact {
  readonly values: readonly (string | number | boolean)[]
  /** Ids of the chosen options, in the order of `values`; only for select, multiselect and radiobutton. */
  readonly enumIds?: readonly number[]
}

/** Custom fields by field id. A field that is empty is absent. */
export type FieldFacts = Readonly<Record<string, FieldFact>>

/** What is known of one deal (amoCRM lead). Deleted deals are not facts: they are left out. */
export interface DealFacts {
  readonly id: number
  readonly pipelineId: number
  readonly statusId: number
  /** Budget in the account's currency; null when amoCRM has none (counts as 0). */
  readonly price: number | null
  readonly createdAt: Seconds
  readonly updatedAt: Seconds
  /** Null while the deal is open, and on some old won deals. */
  readonly closedAt: Seconds | null
  /** Instant the deal was first seen in its present status; null if it was never seen entering it. */
  readonly statusSince: Seconds | null
  readonly lossReasonId: number | null
  readonly responsibleUserId: number
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  /** Lead source id, where amoCRM gives one. */
  readonly sourceId?: number | null
}

/** A segment set by hand: the dimension answers `segment` until `until` (null: until unlocked). */
export interface Lock {
  readonly dimension: string
  readonly segment: string
  readonly author: string
  readonly until: Seconds | null
}

/** All that is known of one client. */
export interface ClientFacts {
  readonly kind: ClientKind
  readonly id: number
  readonly createdAt: Seconds
  readonly responsibleUserId: number
  readonly tags: readonly string[]
  readonly fields: FieldFacts
  readonly hasPhone: boolean
  readonly hasEmail: boolean
  /** Instant of the first incoming message or call on record; null if none was ever recorded. */
  readonly incomingAt: Seconds | null
  /** In any order; the core never depends on it. */
  readonly deals: readonly DealFacts[]
  readonly locks: readonly Lock[]
}

/** amoCRM's status ids that mean the same in every pipeline. */
export const WON = 142
export const LOST = 143

/** A stage of a pipeline. `type` 1 is the incoming ("unsorted") stage, whose id differs per pipeline. */
export interface StatusFacts {
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly type: number
}

export interface PipelineFacts {
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly isMain: boolean
  readonly statuses: readonly StatusFacts[]
}

/** A custom field of the account, as rules and the rule builder know it. */
export interface FieldInfo {
  readonly entity: 'lead' | ClientKind
  readonly id: number
  readonly code: string | null
  readonly name: string
  /** amoCRM's field type: text, numeric, select, multiselect, date, birthday, checkbox, tracking_data, multitext… */
  readonly type: string
  readonly enums: readonly { readonly id: number; readonly value: string }[]
}

/** Figures of the whole account that a policy may need. Absent figures make the policy fall back as documented. */
export interface Aggregates {
  /** Number of gaps between consecutive purchase occasions over all clients, and their quantile asked for by the policy, in seconds. */
  readonly gaps: { readonly count: number; readonly quantileSeconds: number | null }
}

/** The account around the clients: structure and settings that change rarely. */
export interface AccountFacts {
  readonly id: number
  /** IANA name, e.g. `Europe/Moscow`; decides which purchases fall on one calendar day. */
  readonly timeZone: string
  /** ISO 4217 code, for reasons shown to people. */
  readonly currency: string
  readonly pipelines: readonly PipelineFacts[]
  readonly lossReasons: readonly { readonly id: number; readonly name: string }[]
  /** Lead sources with a name; deals may have others. Absent: not read yet. */
  readonly sources?: readonly { readonly id: number; readonly name: string }[]
  readonly fields: readonly FieldInfo[]
  readonly users: readonly { readonly id: number; readonly name: string }[]
  readonly aggregates: Aggregates
}
