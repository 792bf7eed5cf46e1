import type { Telemetry } from 'bullmq'
import type { AmoEvents } from '../amocrm/amo-events.ts'

/** A request that is being answered, for its span. */
export interface TracedRequest {
  readonly method: string
  /** As it is declared, never the address itself. */
  readonly route: string
  readonly requestId: string
  /** Milliseconds since it came. */
  readonly elapsedMs: number
}

/** Traces of the work, from a webhook over its jobs to the requests they make. Nobody has one unless it is asked for. */
export interface Tracing {
  /** For every queue and worker: its jobs carry the trace on. */
  readonly telemetry: Telemetry
  /** Does what follows of a request as a part of its span; `end` is called when it was answered. */
  answer(request: TracedRequest, work: (end: (status: number) => void) => void): void
  /** What a job that is added now should carry; undefined: nothing is being traced. */
  carrier(): string | undefined
  /** A span around each request to amoCRM. */
  readonly around: NonNullable<AmoEvents['around']>
  /** Sends what is not sent yet. */
  close(): Promise<void>
}
