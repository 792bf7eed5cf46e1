import type { Touch } from '../amocrm/hook-touch.ts'
import type { AccountQueues } from './account-queues.ts'
import type { Cause } from './cause.ts'
import { type JobSpec, lookJob } from './job-catalog.ts'

/** Looks of one account that go to Redis together. */
interface Gathering {
  readonly jobs: JobSpec[]
  readonly stored: Promise<void>
}

/**
 * Takes what webhooks say: each touched entity becomes one look, however many hooks speak of it. Hooks that arrive in
 * one turn of the event loop are stored by one round trip: alone each leaves at once, and a mass change costs less.
 */
export class Intake {
  readonly #queues: Pick<AccountQueues, 'add'>
  readonly #trace: () => string | undefined
  readonly #gatherings = new Map<number, Gathering>()

  /**
   * The queues' connection must not keep commands while Redis is away: the sender repeats, we don't hoard.
   *
   * @param trace what the webhook that is being taken is traced by; undefined: it is not
   */
  constructor(queues: Pick<AccountQueues, 'add'>, trace: () => string | undefined = () => undefined) {
    this.#queues = queues
    this.#trace = trace
  }

  /** Ends when Redis has taken the looks; rejects when it has not. */
  accept(accountId: number, touches: readonly Touch[], cause?: Cause): Promise<void> {
    const { jobs, stored } = this.#gatherings.get(accountId) ?? this.#gather(accountId)
    const trace = this.#trace()
    jobs.push(...touches.map((touch) => lookJob(touch, cause, trace)))
    return stored
  }

  #gather(accountId: number): Gathering {
    const jobs: JobSpec[] = []
    const turn = new Promise<void>((resolve) => setImmediate(resolve))
    const stored = turn.then(() => {
      this.#gatherings.delete(accountId)
      return this.#queues.add(accountId, jobs)
    })
    const gathering = { jobs, stored }
    this.#gatherings.set(accountId, gathering)
    return gathering
  }
}
