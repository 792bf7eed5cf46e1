import type { AccountTraits } from './account-traits.ts'
import type { EntityPatch, Priority, WriteOutcome } from './amo-api.ts'
import { deferred } from './deferred.ts'
import { hasTags, isEmptyPatch, mergePatches } from './merge-patches.ts'
import { mostUrgent, PriorityLanes } from './priority-lanes.ts'
import { RememberedBatchSize } from './remembered-batch-size.ts'
import type { Rank } from './slot-gate.ts'
import { type Boarded, WriteDelivery, type WriteDeliveryOptions, type WriteItem } from './write-delivery.ts'

export interface BatchWriterOptions extends Omit<WriteDeliveryOptions, 'size'> {
  readonly traits: AccountTraits
}

/**
 * Group commit of writes to one entity type: patches that come while the next slot is awaited go out as one PATCH;
 * several for one entity become one. An entity is in at most one request under way.
 */
export class BatchWriter {
  readonly #tagMode: BatchWriterOptions['tagMode']
  readonly #delivery: WriteDelivery
  readonly #size: RememberedBatchSize
  readonly #waiting = new PriorityLanes<WriteItem>()
  readonly #busy = new Set<number>()
  #asking = false

  constructor(options: BatchWriterOptions) {
    this.#tagMode = options.tagMode
    this.#size = new RememberedBatchSize(options.traits, `batch:${options.entity}`)
    this.#delivery = new WriteDelivery({ ...options, size: this.#size })
  }

  /** Throws AmoError when the write could not be tried; it may be repeated as it is. */
  update(patch: EntityPatch, priority: Priority): Promise<WriteOutcome> {
    if (isEmptyPatch(patch)) return Promise.resolve({ type: 'written' })
    let item = this.#waiting.get(patch.id)
    if (item === undefined) {
      item = { patch, priority, outcome: deferred(), resent: false }
      this.#waiting.add(patch.id, item)
    } else {
      item.patch = mergePatches(item.patch, patch)
      this.#waiting.raise(patch.id, item, priority)
    }
    this.#ask()
    return item.outcome.promise
  }

  #ask(): void {
    if (this.#asking || !this.#waiting.some((id) => !this.#busy.has(id))) return
    this.#asking = true
    void this.#fly()
  }

  #release(): void {
    this.#asking = false
    this.#ask()
  }

  /** One batch, from waiting for its slot to the outcome of each item. Never rejects. */
  async #fly(): Promise<void> {
    try {
      const [mode] = await Promise.all([this.#tagMode.settled(), this.#size.load()])
      if (mode === 'whole') await this.#flyWhole()
      else await this.#flyDelta()
    } catch (error) {
      for (const { outcome } of this.#board()) outcome.reject(error)
      this.#release()
    }
  }

  /** What comes while tags are read and the slot is awaited makes the next batch. */
  async #flyWhole(): Promise<void> {
    let released = false
    const release = () => {
      if (!released) this.#release()
      released = true
    }
    await this.#delivery.sendWhole(this.#board(), release)
    release()
  }

  /** The account's first batch with tags is a trial: others with tags wait for what it shows. */
  async #flyDelta(): Promise<void> {
    const flight: { boarded: Boarded | null } = { boarded: null }
    const board = () => {
      flight.boarded = this.#boardDelta()
      if (flight.boarded.trial === null) this.#release()
      return flight.boarded
    }
    const priority = () => (flight.boarded === null ? this.#rank() : mostUrgent(flight.boarded.items))
    await this.#delivery.send(board, priority)
    const trial = flight.boarded?.trial ?? null
    if (trial === null) return
    await this.#delivery.verify(trial)
    this.#tagMode.endTrial()
    this.#release()
  }

  /** Mass work waits until its batch is full or nothing else is to be sent: half-empty requests cost as much. */
  #rank(): Rank {
    const best = this.#waiting.best()
    return best === 'backfill' && this.#waiting.size < this.#size.current ? 'partial' : best
  }

  #boardDelta(): Boarded {
    const trying = this.#tagMode.beginTrial()
    const withTags = trying || this.#tagMode.known === 'delta'
    const items = this.#board((item) => withTags || !hasTags(item.patch))
    if (trying && items.some(({ patch }) => hasTags(patch))) return { items, trial: new Map() }
    if (trying) this.#tagMode.endTrial()
    return { items, trial: null }
  }

  #board(accept: (item: WriteItem) => boolean = () => true): WriteItem[] {
    const taken = this.#waiting.take(this.#size.current, (id, item) => !this.#busy.has(id) && accept(item))
    return taken.map(([id, item]) => {
      this.#busy.add(id)
      const free = () => {
        this.#busy.delete(id)
        this.#ask()
      }
      item.outcome.promise.then(free, free)
      return item
    })
  }
}
