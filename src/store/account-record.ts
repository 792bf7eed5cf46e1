import type { AccountFacts } from '../segmentation/facts.ts'

/**
 * - `active`: hooks and jobs run.
 * - `paused`: amoCRM refuses us (reason in `problem`); jobs wait, and it is tried again by itself.
 * - `disconnected`: the integration was removed; nothing runs until it is installed again.
 */
export type AccountStatus = 'active' | 'paused' | 'disconnected'

/** Why an account does not work, for its admin. */
export interface AccountProblem {
  readonly code: string
  readonly message: string
  /** Milliseconds. */
  readonly since: number
  /** Milliseconds: when it is tried again by itself; null: only after somebody acts. */
  readonly retryAt: number | null
}

/** The end of an account's installation. Instants in milliseconds. */
export interface AccountRemoval {
  readonly at: number
  /** Who ended it; `amocrm`: it was switched off there; `access_lost`: amoCRM refused every token for so long. */
  readonly by: string
  /** When everything that is known of the account is erased. */
  readonly eraseAt: number
  /** Run that takes away what is ours; null: none was asked for, or it could not be done any more. */
  readonly cleanUp: string | null
  /** `dropped`: without a new installation nothing can be done in the account, nor cleaned up. */
  readonly tokens: 'kept' | 'dropped'
}

/** One installed account. Keyed by amoCRM's account id: subdomains can be renamed. */
export interface AccountRecord {
  readonly id: number
  readonly name: string
  /** Host of its API, e.g. `example.amocrm.ru`. */
  readonly host: string
  readonly subdomain: string
  readonly status: AccountStatus
  readonly problem: AccountProblem | null
  /** Milliseconds: the first installation. */
  readonly installedAt: number
  /** Milliseconds: the last one. */
  readonly connectedAt?: number
  /** Whether amoCRM took our webhook subscription; without it the sweep alone keeps the base true. */
  readonly hooks: 'subscribed' | 'unavailable' | 'no_public_url'
  /** Of a disconnected account. */
  readonly removal?: AccountRemoval
}

/** Pipelines, loss reasons, fields and the like; aggregates are kept apart because they move on their own. */
export type AccountStructure = Omit<AccountFacts, 'aggregates' | 'id'>
