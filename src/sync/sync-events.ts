import type { EntityType, WriteOutcome } from '../amocrm/amo-api.ts'
import type { Move } from '../store/transitions.ts'
import type { Job } from './job-catalog.ts'

/**
 * How a job left the worker. `handed_back`: unfinished, for another worker to go on with; `rested`: the account cannot
 * be served, it is taken up again later; `dropped`: its account is not installed any more.
 */
export type JobOutcome = 'done' | 'failed' | 'handed_back' | 'rested' | 'dropped'

/** What the rest of the product may want to know of the work. */
export interface SyncEvents {
  jobDone?(event: {
    readonly kind: Job['kind']
    readonly outcome: JobOutcome
    readonly ms: number
    /** From being added to its first try; null: it was tried before, or was to wait. */
    readonly waitedMs: number | null
  }): void
  /** A client moved between segments; from null: he was decided for the first time. */
  moved?(moves: readonly Move[]): void
  /** `sinceHookMs`: from the webhook that caused it; null: none did. */
  written?(event: {
    readonly entity: EntityType
    readonly outcome: WriteOutcome['type']
    readonly sinceHookMs: number | null
  }): void
}
