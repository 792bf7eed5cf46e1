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

/** One installed account. Keyed by amoCRM's account id: subdomains can be renamed. */
export interface AccountRecord {
  readonly id: number
  readonly name: string
  /** Host of its API, e.g. `example.amocrm.ru`. */
  readonly host: string
  readonly subdomain: string
  readonly status: AccountStatus
  readonly problem: AccountProblem | null
  /** Milliseconds. */
  readonly installedAt: number
  /** Whether amoCRM took our webhook subscription; without it the sweep alone keeps the base true. */
  readonly hooks: 'subscribed' | 'unavailable' | 'no_public_url'
}

/** Pipelines, loss reasons, fields and the like; aggregates are kept apart because they move on their own. */
export type AccountStructure = Omit<AccountFacts, 'aggregates' | 'id'>
