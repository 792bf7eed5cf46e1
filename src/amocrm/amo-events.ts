import type { AmoErrorCode } from './amo-error.ts'
import type { Method } from './amo-http.ts'
import type { Rank } from './slot-gate.ts'

/** One exchange that came to its end, failed ones too. */
export interface RequestDone {
  readonly method: Method
  /** With ids replaced. */
  readonly path: string
  /** Null: amoCRM did not answer. */
  readonly status: number | null
  readonly ms: number
  /** Entities that went together in one request; undefined: the request is about no entity. */
  readonly batch?: number | undefined
}

/** What the rest of the product may want to know of the traffic. */
export interface AmoEvents {
  requestDone?(event: RequestDone): void
  /** A request waited so long for leave to be sent: for the limit, for more urgent ones, or for a gate to open. */
  slotGranted?(event: { readonly rank: Rank; readonly ms: number }): void
  /** The account cannot be served now: `until` in ms since the epoch, null when only a person can help. */
  blocked?(event: { readonly code: AmoErrorCode; readonly until: number | null }): void
  /** A new pair of tokens is stored. */
  refreshed?(): void
  /** Stands around each exchange, and answers as it does. */
  around?<T>(request: Pick<RequestDone, 'method' | 'path' | 'batch'>, exchange: () => Promise<T>): Promise<T>
}
