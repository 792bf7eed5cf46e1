import type { EntityPatch, Priority, WriteOutcome } from './amo-api.ts'
import { BatchSize } from './batch-size.ts'
import { deferred } from './deferred.ts'
import { hasTags, isEmptyPatch, mergePatches } from './merge-patches.ts'
import { mostUrgent, PriorityLanes } from './priority-lanes.ts'
import { WriteDelivery, type WriteDeliveryOptions, type WriteItem } from './write-delivery.ts'

export type BatchWriterOptions = Omit<WriteDeliveryOptions, 'size'>

/**
 * Group commit of writes to one entity type: patches that come while the next slot is awaited go out as one PATCH;
 * several for one entity become one. An entity is in at most one request under way.
 */
export class BatchWriter {
  readonly #tagMode: BatchWriterOptions['tagMode']
  readonly #delivery: WriteDelivery
  readonly #size = new BatchSize()
  readonly #waiting = new PriorityLanes<WriteItem>()
  readonly #busy = new Set<number>()
  #asking = false

  constructor(options: BatchWriterOptions) {
    this.#tagMode = options.tagMode
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
      const mode = await this.#tagMode.settled()
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

  async #flyDelta(): Promise<void> {
    const trial: WriteItem[] = []
    let boarded: readonly WriteItem[] | null = null
    let isTrial = false
    const board = () => {
      const trying = this.#tagMode.beginTrial()
      const withTags = trying || this.#tagMode.known === 'delta'
      const items = this.#board((item) => withTags || !hasTags(item.patch))
      boarded = items
      isTrial = trying && items.some(({ patch }) => hasTags(patch))
      if (trying && !isTrial) this.#tagMode.endTrial()
      if (!isTrial) this.#release()
      return items
    }
    const priority = () => (boarded === null ? this.#waiting.best() : mostUrgent(boarded))
    await this.#delivery.send(board, priority, trial)
    if (!isTrial) return
    await this.#delivery.verify(trial)
    this.#tagMode.endTrial()
    this.#release()
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
