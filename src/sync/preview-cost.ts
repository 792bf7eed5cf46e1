import type { EntityType } from '../amocrm/amo-api.ts'
import type { PlannedWrite } from './plan.ts'

/** Entities in one write request (amoCRM: 250 at most). */
const BATCH = 250

/** What a change of policy costs in amoCRM: writes, requests, minutes, tasks. */
export class PreviewCost {
  readonly #requestsPerSecond: number
  readonly #entities: Record<EntityType, number> = { leads: 0, contacts: 0, companies: 0 }
  readonly #tasksByUser = new Map<number, number>()
  #clients = 0
  #tagsAdded = 0
  #tagsRemoved = 0
  #moves = 0
  #tasks = 0

  constructor(requestsPerSecond: number) {
    this.#requestsPerSecond = requestsPerSecond
  }

  /** One client's writes, and the tasks his transitions would make. */
  add(writes: readonly PlannedWrite[], tasks: readonly { readonly responsibleUserId: number }[]): void {
    if (writes.length > 0) this.#clients += 1
    for (const { type, patch } of writes) {
      this.#entities[type] += 1
      this.#tagsAdded += patch.tags?.add.length ?? 0
      this.#tagsRemoved += patch.tags?.remove.length ?? 0
      if (patch.status) this.#moves += 1
    }
    for (const { responsibleUserId } of tasks) {
      this.#tasks += 1
      this.#tasksByUser.set(responsibleUserId, (this.#tasksByUser.get(responsibleUserId) ?? 0) + 1)
    }
  }

  total() {
    const batches = Object.values(this.#entities).map((count) => Math.ceil(count / BATCH))
    const requests = batches.reduce((sum, count) => sum + count, 0) + this.#tasks
    return {
      /** Clients for whom anything is written. */
      clients: this.#clients,
      tagsAdded: this.#tagsAdded,
      tagsRemoved: this.#tagsRemoved,
      /** Deals moved to another status. */
      moves: this.#moves,
      tasks: this.#tasks,
      tasksByUser: Object.fromEntries(this.#tasksByUser),
      requests,
      /** At the account's rate, with nothing else going on. */
      minutes: requests / this.#requestsPerSecond / 60,
    }
  }
}
