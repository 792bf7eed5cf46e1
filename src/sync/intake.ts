import type { Touch } from '../amocrm/hook-touch.ts'
import type { AccountQueues } from './account-queues.ts'
import { lookJob } from './job-catalog.ts'

/** Takes what webhooks say: each touched entity becomes one look, however many hooks speak of it. */
export class Intake {
  readonly #queues: AccountQueues

  /** The queues' connection must not keep commands while Redis is away: the sender repeats, we don't hoard. */
  constructor(queues: AccountQueues) {
    this.#queues = queues
  }

  async accept(accountId: number, touches: readonly Touch[]): Promise<void> {
    await this.#queues.add(accountId, touches.map(lookJob))
  }
}
