import type { Trait } from './account-traits.ts'
import type { EntityType, Priority } from './amo-api.ts'
import type { AmoAnswer, AmoCaller, AmoRequest } from './amo-caller.ts'
import { AmoError } from './amo-error.ts'
import { BatchSize } from './batch-size.ts'
import { type Deferred, deferred } from './deferred.ts'
import { BatchTooHeavy } from './failed-call.ts'
import { asId, asObject, embedded, hasNextPage, type Json } from './hal.ts'
import { mostUrgent, PriorityLanes } from './priority-lanes.ts'

/** Servers in front of the API take request lines of 8 KB (nginx's default); some room is left. */
const MAX_URL_LENGTH = 7900
const ROOM_FOR_HOST = 120
const ID_PARAMETER = '&filter%5Bid%5D%5B%5D='

export interface BatchLoaderOptions<Card> {
  readonly caller: AmoCaller
  readonly entity: EntityType
  /** Parts asked for beyond the card itself, e.g. `contacts,source_id`. */
  readonly with: string
  /** Null: deleted. `readAt` in ms. */
  readonly read: (json: Json, readAt: number) => Card | null
  /** Shared by all loaders of the account. */
  readonly filters: Trait<'off'>
}

interface Load<Card> {
  readonly id: number
  priority: Priority
  readonly card: Deferred<Card | null>
}

/**
 * Group commit of reads: what is asked for while the next slot is awaited goes out as one request. When nothing
 * queues, a read leaves at once and alone.
 */
export class BatchLoader<Card> {
  readonly #options: BatchLoaderOptions<Card>
  readonly #path: string
  readonly #parts: string
  readonly #batchQuery: string
  readonly #waiting = new PriorityLanes<Load<Card>>()
  readonly #size = new BatchSize()
  #asking = false

  constructor(options: BatchLoaderOptions<Card>) {
    this.#options = options
    this.#path = `/api/v4/${options.entity}`
    this.#parts = `with=${encodeURIComponent(options.with)}`
    this.#batchQuery = `limit=250&${this.#parts}`
  }

  /** Null: deleted or unknown. Asked again while it waits, it is read once; after it was sent, anew. Throws AmoError. */
  load(id: number, priority: Priority): Promise<Card | null> {
    let load = this.#waiting.get(id)
    if (load === undefined) {
      load = { id, priority, card: deferred() }
      this.#waiting.add(id, load)
    } else {
      this.#waiting.raise(id, load, priority)
    }
    this.#ask()
    return load.card.promise
  }

  #ask(): void {
    if (this.#asking || this.#waiting.size === 0) return
    this.#asking = true
    void this.#fly()
  }

  /** One request, from waiting for its slot to the answers of all who take part. Never rejects. */
  async #fly(): Promise<void> {
    const flight: { loads: Load<Card>[] | null } = { loads: null }
    const prepare = () => {
      flight.loads = this.#board()
      this.#asking = false
      this.#ask()
      return this.#request(flight.loads)
    }
    const priority = () => (flight.loads === null ? this.#waiting.best() : mostUrgent(flight.loads))
    try {
      await this.#options.filters.load()
      const answer = await this.#options.caller.callAtSlot(prepare, priority)
      if (answer !== null && flight.loads !== null) await this.#deliver(flight.loads, answer)
    } catch (error) {
      this.#fail(flight.loads, error)
    }
  }

  #board(): Load<Card>[] {
    let room = MAX_URL_LENGTH - ROOM_FOR_HOST - this.#path.length - this.#batchQuery.length
    const max = this.#options.filters.value === 'off' ? 1 : this.#size.current
    const taken = this.#waiting.take(max, (id) => {
      const needed = ID_PARAMETER.length + String(id).length
      if (needed > room) return false
      room -= needed
      return true
    })
    return taken.map(([, load]) => load)
  }

  #request(loads: readonly Load<Card>[]): AmoRequest {
    const [only] = loads
    if (loads.length === 1 && only !== undefined) {
      const path = `${this.#path}/${only.id}`
      return { method: 'GET', path, route: `${this.#path}/{id}`, query: this.#parts, accept: [404], batch: 1 }
    }
    const ids = loads.map(({ id }) => ID_PARAMETER + id).join('')
    const query = this.#batchQuery + ids
    return { method: 'GET', path: this.#path, route: this.#path, query, canShrink: true, batch: loads.length }
  }

  async #deliver(loads: readonly Load<Card>[], answer: AmoAnswer): Promise<void> {
    const [only] = loads
    if (loads.length === 1 && only !== undefined) {
      only.card.resolve(answer.status < 300 ? this.#options.read(asObject(answer.json), answer.sentAt) : null)
      return
    }
    this.#size.succeeded(loads.length)
    const asked = new Map(loads.map((load) => [load.id, load]))
    const unread = new Map(asked)
    let foreign = false
    for (const item of embedded(answer.json, this.#options.entity)) {
      const load = asked.get(asId(item.id) ?? 0)
      foreign ||= load === undefined
      load?.card.resolve(this.#options.read(item, answer.sentAt))
      if (load) unread.delete(load.id)
    }
    if (foreign) await this.#options.filters.learn('off')
    const isWhole = !foreign && !(hasNextPage(answer.json) && unread.size < loads.length)
    if (isWhole) for (const load of unread.values()) load.card.resolve(null)
    else this.#readAgain([...unread.values()])
  }

  #readAgain(loads: readonly Load<Card>[]): void {
    for (const load of loads) {
      const waiting = this.#waiting.get(load.id)
      if (waiting === undefined) this.#waiting.add(load.id, load)
      else waiting.card.promise.then(load.card.resolve, load.card.reject)
    }
    this.#ask()
  }

  #fail(loads: readonly Load<Card>[] | null, error: unknown): void {
    if (loads === null) this.#asking = false
    const failed = loads ?? this.#waiting.take(Number.POSITIVE_INFINITY).map(([, load]) => load)
    const refusedAsBatch = error instanceof AmoError && error.code === 'refused' && failed.length > 1
    if (loads !== null && (error instanceof BatchTooHeavy || refusedAsBatch)) {
      this.#size.shrink(failed.length)
      this.#readAgain(failed)
    } else {
      for (const load of failed) load.card.reject(error)
    }
  }
}
