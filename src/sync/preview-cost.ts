import type { EntityType } from '../amocrm/amo-api.ts'
import type { PlannedAction } from '../segmentation/plan-actions.ts'
import type { PlannedWrite } from './plan.ts'

/** Entities in one request, read or written (amoCRM: 250 at most). */
const BATCH = 250

/** What one client's part of the work is. */
export interface ClientCost {
  readonly writes: readonly PlannedWrite[]
  readonly actions: readonly PlannedAction[]
  /** His card is to be made. */
  readonly card: boolean
}

/** What a change of policy costs in amoCRM: writes, requests, minutes, tasks. */
export class PreviewCost {
  readonly #entities: Record<EntityType, number> = { leads: 0, contacts: 0, companies: 0 }
  readonly #actions: Record<PlannedAction['type'], number> = { task: 0, note: 0, field: 0, salesbot: 0, webhook: 0 }
  readonly #tasksByUser = new Map<number, number>()
  #clients = 0
  #tagsAdded = 0
  #tagsRemoved = 0
  #fields = 0
  #moves = 0
  #cards = 0

  add({ writes, actions, card }: ClientCost): void {
    if (writes.length > 0 || card) this.#clients += 1
    if (card) this.#cards += 1
    for (const { type, patch } of writes) {
      this.#entities[type] += 1
      this.#tagsAdded += patch.tags?.add.length ?? 0
      this.#tagsRemoved += patch.tags?.remove.length ?? 0
      this.#fields += Object.keys(patch.fields ?? {}).length
      if (patch.status) this.#moves += 1
    }
    for (const action of actions) {
      this.#actions[action.type] += 1
      if (action.type !== 'task') continue
      this.#tasksByUser.set(action.responsibleUserId, (this.#tasksByUser.get(action.responsibleUserId) ?? 0) + 1)
    }
  }

  /** @param reading requests that read the base before anything is decided. */
  total(requestsPerSecond: number, reading: number) {
    const requests = reading + this.#writing() + this.#acting() + this.#makingCards()
    return {
      /** Clients for whom anything is written. */
      clients: this.#clients,
      /** Contacts, companies and deals that are written to. */
      writes: Object.values(this.#entities).reduce((sum, count) => sum + count, 0),
      tagsAdded: this.#tagsAdded,
      tagsRemoved: this.#tagsRemoved,
      /** Select fields that show another segment. */
      fields: this.#fields,
      /** Deals moved to another status. */
      moves: this.#moves,
      /** Cards made in the client-base pipeline, with their tags. */
      cards: this.#cards,
      tasks: this.#actions.task,
      /** By user id; under 0 those of nobody. */
      tasksByUser: Object.fromEntries(this.#tasksByUser),
      /** Notes, fields, Salesbots and outgoing webhooks. */
      otherActions: this.#actions.note + this.#actions.field + this.#actions.salesbot + this.#actions.webhook,
      /** Those for reading the base included. */
      requests,
      reading,
      /** At the account's rate, with nothing else going on. */
      minutes: requests / requestsPerSecond / 60,
    }
  }

  /** Before a deal is moved it is read again, with others of a batch. */
  #writing(): number {
    const written = Object.values(this.#entities).map(batches)
    return written.reduce((sum, count) => sum + count, 0) + batches(this.#moves)
  }

  /** Tasks are looked for and then made, one by one; notes and Salesbots are made one by one. */
  #acting(): number {
    const { task, note, salesbot, field } = this.#actions
    return 2 * task + note + salesbot + 2 * batches(field)
  }

  /** A card is made by itself; the client before it and the card after it are read with others. */
  #makingCards(): number {
    return this.#cards + 2 * batches(this.#cards)
  }
}

function batches(count: number): number {
  return Math.ceil(count / BATCH)
}
