import type {
  AmoAccount,
  AmoFieldInfo,
  AmoLossReason,
  AmoPipeline,
  AmoSource,
  AmoUser,
  AmoWebhook,
  Communication,
  Company,
  Contact,
  EntityRecord,
  Lead,
} from './entities.ts'

/** Who goes first when calls wait for amoCRM's rate limit: a person's act, then the clock, then mass work. */
export type Priority = 'live' | 'due' | 'backfill'

export const PRIORITIES = ['live', 'due', 'backfill'] as const satisfies readonly Priority[]

export interface Tags {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** The only changes this product makes to an existing entity. Absent parts are left alone. */
export interface EntityPatch {
  readonly id: number
  readonly tags?: Tags
  /** Moves a deal; both are sent, as amoCRM asks for. Leads only. */
  readonly status?: { readonly pipelineId: number; readonly statusId: number }
  /** Custom field values by field id; null clears. */
  readonly fields?: Readonly<Record<number, FieldPatch | null>>
}

export type FieldPatch = { readonly value: string | number | boolean } | { readonly enumId: number }

/** How a write ended, as a value: exceptions are for calls that may be repeated as they are. */
export type WriteOutcome =
  /** `updatedAt`: the second amoCRM stamped it with, when its answer said so. */
  | { readonly type: 'written'; readonly updatedAt?: number }
  /** amoCRM named this item in a 400/422: repeating it is useless. */
  | { readonly type: 'refused'; readonly errors: readonly { code: string; path: string; detail: string }[] }
  /** The entity does not exist any more. */
  | { readonly type: 'gone' }

export type EntityType = 'leads' | 'contacts' | 'companies'

export interface PageQuery {
  /** 1-based. */
  readonly page: number
  /** At most 250, amoCRM's limit; default 250. */
  readonly limit?: number
  /** Seconds, inclusive: only entities changed at or after it. */
  readonly updatedFrom?: number
  readonly order?: 'id' | 'updated_at'
  /** Leads only: the deals in the bin instead of the living ones. */
  readonly deleted?: boolean
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly hasNext: boolean
}

export interface TaskDraft {
  readonly text: string
  /** Seconds. */
  readonly completeTill: number
  readonly entityType: EntityType
  readonly entityId: number
  readonly taskTypeId?: number
  readonly responsibleUserId?: number
}

export interface Task {
  readonly id: number
  readonly text: string
  readonly entityId: number
  readonly isCompleted: boolean
}

/**
 * amoCRM's REST API of one account, as the rest of the product sees it: one entity at a time. Batching, the rate
 * limit, retries and tokens are below this line.
 *
 * Every method may throw an `AmoError` (see amo-error.ts); its `code` says what the caller can do.
 */
export interface AmoApi {
  readonly accountId: number

  /** How many of this process's requests amoCRM has carried out so far: the account is served. */
  served(): number

  /** Null: deleted, or never existed, or out of the installing user's sight. Calls made together go out together. */
  lead(id: number, priority: Priority): Promise<Lead | null>
  contact(id: number, priority: Priority): Promise<Contact | null>
  company(id: number, priority: Priority): Promise<Company | null>

  leads(query: PageQuery, priority: Priority): Promise<Page<Lead>>
  contacts(query: PageQuery, priority: Priority): Promise<Page<Contact>>
  companies(query: PageQuery, priority: Priority): Promise<Page<Company>>

  /** Patches made together go out together, at most one waiting patch per entity and call. */
  update(type: EntityType, patch: EntityPatch, priority: Priority): Promise<WriteOutcome>

  /** Incoming calls and messages on record, newest first: events of amoCRM and `call_in` notes. */
  communications(source: AmoCommunicationSource, page: number): Promise<Page<Communication>>

  /** Cards that were deleted, restored, linked otherwise or merged, newest first; nothing where the account has no events. */
  cardEvents(source: AmoCardEventSource, page: number): Promise<Page<EntityRecord>>

  account(): Promise<AmoAccount>
  users(): Promise<readonly AmoUser[]>
  pipelines(): Promise<readonly AmoPipeline[]>
  lossReasons(): Promise<readonly AmoLossReason[]>
  sources(): Promise<readonly AmoSource[]>
  customFields(type: EntityType): Promise<readonly AmoFieldInfo[]>

  webhooks(): Promise<readonly AmoWebhook[]>
  /** Subscribes, or changes the subscription of the same destination. */
  subscribe(destination: string, settings: readonly string[]): Promise<void>
  unsubscribe(destination: string): Promise<void>

  createLead(draft: LeadDraft, priority: Priority): Promise<number>
  createTask(draft: TaskDraft): Promise<number>
  openTasks(entityType: EntityType, entityId: number): Promise<readonly Task[]>
  createNote(entityType: EntityType, entityId: number, text: string): Promise<number>
  notes(entityType: EntityType, entityId: number): Promise<readonly { readonly id: number; readonly text: string }[]>
  /** Starts a Salesbot on a deal or contact (API v2). */
  runSalesbot(botId: number, entityType: 'leads' | 'contacts', entityId: number): Promise<void>
}

export type AmoCommunicationSource = 'events' | 'lead_notes' | 'contact_notes'

/** `bin`: into it and out of it. */
export type AmoCardEventSource = 'bin' | 'links' | 'merges'

/** A deal to be created: the client's card in the client-base pipeline. */
export interface LeadDraft {
  readonly name: string
  readonly pipelineId: number
  readonly statusId: number
  readonly responsibleUserId: number
  readonly contactId: number | null
  readonly companyId: number | null
  readonly tags: readonly string[]
}
