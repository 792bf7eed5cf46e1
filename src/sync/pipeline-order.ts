import { createHash } from 'node:crypto'
import type { AccountQueues } from './account-queues.ts'
import type { Cause } from './cause.ts'
import { type JobSpec, lookJob, segmentActionsJob } from './job-catalog.ts'

/** What the Digital Pipeline of an account orders about a deal. */
export interface PipelineOrder {
  readonly dealId: number
  /**
   * - `recompute`: read the deal and its client again and make him right.
   * - `act`: the same, and carry out what the policy has for the segments he stands in.
   */
  readonly mode: 'recompute' | 'act'
  /** Only of this segment, as `dimension:segment`; null: of all. */
  readonly only: string | null
  /** Seconds: when what set it off happened; the same order may come again. */
  readonly at: number
  /** Whether that was a client's message or call. */
  readonly incoming: boolean
}

/** Takes orders of the Digital Pipeline into the work of an account. */
export class PipelineOrders {
  readonly #queues: Pick<AccountQueues, 'add'>

  /** The queues' connection must not keep commands while Redis is away: the sender repeats. */
  constructor(queues: Pick<AccountQueues, 'add'>) {
    this.#queues = queues
  }

  /** Ends when Redis has taken it; rejects when it has not. */
  take(accountId: number, order: PipelineOrder, cause?: Cause): Promise<void> {
    return this.#queues.add(accountId, [jobOf(order, cause)])
  }
}

const jobOf = (order: PipelineOrder, cause: Cause | undefined): JobSpec => {
  const { dealId, mode, only, at, incoming } = order
  if (mode === 'recompute') return lookJob({ entity: 'lead', id: dealId, incoming }, cause)
  const id = `pipeline-${createHash('sha256').update(`${dealId} ${only} ${at}`).digest('hex').slice(0, 32)}`
  return segmentActionsJob({ deal: dealId, only, at, incoming }, id, cause)
}
