import { PRIORITIES, type Priority } from './amo-api.ts'

interface Waiting {
  priority: Priority
}

/** What waits to go out, one entry per entity id: most urgent first, then in order of arrival. */
export class PriorityLanes<T extends Waiting> {
  readonly #lanes: Readonly<Record<Priority, Map<number, T>>> = { live: new Map(), due: new Map(), backfill: new Map() }

  get size(): number {
    return PRIORITIES.reduce((sum, priority) => sum + this.#lanes[priority].size, 0)
  }

  get(id: number): T | undefined {
    return PRIORITIES.map((priority) => this.#lanes[priority].get(id)).find((entry) => entry !== undefined)
  }

  add(id: number, entry: T): void {
    this.#lanes[entry.priority].set(id, entry)
  }

  /** Moves an entry up if `priority` is more urgent than its own; never down. */
  raise(id: number, entry: T, priority: Priority): void {
    if (PRIORITIES.indexOf(priority) >= PRIORITIES.indexOf(entry.priority)) return
    this.#lanes[entry.priority].delete(id)
    entry.priority = priority
    this.add(id, entry)
  }

  /** The most urgent priority that waits; the least urgent when nothing does. */
  best(): Priority {
    return PRIORITIES.find((priority) => this.#lanes[priority].size > 0) ?? 'backfill'
  }

  some(test: (id: number) => boolean): boolean {
    return PRIORITIES.some((priority) => {
      for (const id of this.#lanes[priority].keys()) if (test(id)) return true
      return false
    })
  }

  /** Removes and returns at most `max` entries that `accept` lets pass; the others stay where they are. */
  take(max: number, accept: (id: number, entry: T) => boolean = () => true): (readonly [id: number, entry: T])[] {
    const taken: (readonly [number, T])[] = []
    for (const priority of PRIORITIES) {
      const lane = this.#lanes[priority]
      for (const [id, entry] of lane) {
        if (taken.length >= max) return taken
        if (!accept(id, entry)) continue
        lane.delete(id)
        taken.push([id, entry])
      }
    }
    return taken
  }
}

/** The most urgent of several priorities. */
export function mostUrgent(entries: readonly Waiting[]): Priority {
  return PRIORITIES.find((priority) => entries.some((entry) => entry.priority === priority)) ?? 'backfill'
}
