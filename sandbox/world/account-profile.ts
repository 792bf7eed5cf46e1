export interface Status {
  readonly id: number
  readonly name: string
  readonly sort: number
  /** 1: the stage of incoming leads; 0: every other. */
  readonly type: 0 | 1
  readonly color: string
}

export interface Pipeline {
  readonly id: number
  readonly name: string
  readonly sort: number
  readonly isMain: boolean
  readonly statuses: readonly Status[]
}

export interface User {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly isAdmin: boolean
}

export interface LossReason {
  readonly id: number
  readonly name: string
}

export interface Source {
  readonly id: number
  readonly name: string
  readonly externalId: string
}

/** What an account is called and how its platform settings stand. */
export interface AccountProfile {
  readonly id: number
  readonly subdomain: string
  readonly name: string
  readonly timeZone: string
  readonly currency: string
  readonly country: string
  /** False: the plan lacks webhooks, the subscription API answers 402. */
  readonly hasWebhooks: boolean
  /** Documented hook settings this account refuses all the same; sources of the platform's list disagree. */
  readonly refusedHookSettings: readonly string[]
}

/** Where the platform's behaviour is not documented and a product has to stand both. */
export interface Doubts {
  /** GET by id of a deleted entity: nothing (204), or the card with `is_deleted: true`. */
  readonly deletedById: 'gone' | 'flagged'
  /** A PATCH batch naming an unknown id: the whole batch is refused, or the item is left out of the answer. */
  readonly missingInBatch: 'refuse' | 'omit'
  /** A PATCH that changes nothing: moves `updated_at` and fires hooks, or not. */
  readonly emptyPatch: 'touch' | 'ignore'
  /** Linking and unlinking a contact fires update hooks of both, or none. */
  readonly linkHooks: boolean
  /** Posting a subscription again: does it enable a disabled one. */
  readonly repostEnables: boolean
  /** Posting a subscription again: settings are replaced, or added to the old ones. */
  readonly repostSettings: 'replace' | 'merge'
  /** Most leads that `with=leads` lists in a contact; null: all. */
  readonly maxLinkedLeads: number | null
  /** An incoming message or call moves `updated_at` of the contact and the deal, or not. */
  readonly talkTouches: boolean
  /** `modified_user_id` of an integration's own writes: the installing user, or 0 as of a robot. */
  readonly writesAs: 'user' | 'robot'
}

export const DEFAULT_DOUBTS: Doubts = {
  deletedById: 'gone',
  missingInBatch: 'refuse',
  emptyPatch: 'touch',
  linkHooks: true,
  repostEnables: true,
  repostSettings: 'replace',
  maxLinkedLeads: null,
  talkTouches: true,
  writesAs: 'user',
}
