import type { Logger } from 'pino'
import type { AmoApi } from '../amocrm/amo-api.ts'
import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import type { Policy } from '../segmentation/policy.ts'
import type { AccountNotes } from '../store/account-notes.ts'
import type { AccountRecord } from '../store/account-record.ts'
import type { Echoes } from '../store/echoes.ts'
import type { GapStore } from '../store/gap-store.ts'
import type { Intents } from '../store/intents.ts'
import type { Journal } from '../store/journal.ts'
import type { Mirror } from '../store/mirror.ts'
import type { Rollout } from '../store/policy-store.ts'
import type { RunStore } from '../store/run-store.ts'
import type { SegmentDays } from '../store/segment-days.ts'
import type { Stays } from '../store/stays.ts'
import type { Transitions } from '../store/transitions.ts'
import type { Cause } from './cause.ts'
import type { AddressGuard } from './outgoing/address-guard.ts'
import type { RetiredFields } from './retired-fields.ts'
import type { SyncEvents } from './sync-events.ts'

/** One account as the work sees it: its rules, its API, its memory. Built anew when any of it changes. */
export interface AccountContext {
  readonly id: number
  readonly record: AccountRecord
  readonly policy: Policy
  readonly policyVersion: number
  /** How this policy is brought to the clients; null: it was there before them. */
  readonly rollout: Rollout | null
  readonly compiled: CompiledPolicy
  /** Tags that former policies set and the present one does not: still ours to take away. */
  readonly retiredTags: ReadonlySet<string>
  /** Fields in which former policies showed segments: what they left there is still ours to take away. */
  readonly retiredFields: RetiredFields
  readonly api: AmoApi
  readonly notes: AccountNotes
  readonly mirror: Mirror
  readonly journal: Journal
  readonly echoes: Echoes
  readonly intents: Intents
  readonly gaps: GapStore
  readonly transitions: Transitions
  readonly runs: RunStore
  readonly segmentDays: SegmentDays
  readonly stays: Stays
  /** Where its webhooks may go. */
  readonly addressGuard: AddressGuard
  /** The webhook that the work goes back to; absent: none. */
  readonly cause?: Cause
  /** Is told of what happens; absent: nobody counts. */
  readonly events?: SyncEvents | undefined
  readonly log: Logger
  /** Milliseconds since the epoch. */
  readonly clock: () => number
}

/** The present second. */
export function nowSeconds(context: Pick<AccountContext, 'clock'>): number {
  return Math.floor(context.clock() / 1000)
}
