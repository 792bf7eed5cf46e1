import type { EntityType } from '../amocrm/amo-api.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { JournalAction, Recorded } from '../store/journal.ts'

/** What became of an entity that a run had written. */
export interface LeftEntity {
  readonly entity: EntityType
  readonly entityId: number
  readonly client: ClientRef
  /**
   * `changed_since`: a person (or a later run) changed what the run had left; `frozen`: its client bears the stop tag;
   * `gone`: not in amoCRM any more; `refused`: amoCRM did not take the write.
   */
  readonly outcome: 'changed_since' | 'frozen' | 'gone' | 'refused'
}

/** How much was taken back, and what stays; of each list the first `LISTED`. */
export interface RunReport {
  readonly run: string
  /** Entities that stand again as before. */
  readonly restored: number
  /** Entities left as they are, and why. */
  readonly left: readonly LeftEntity[]
  readonly leftCount: number
  /** Tasks, notes, cards, Salesbots and outgoing webhooks: nobody can take them back but people, one by one. */
  readonly kept: readonly Recorded<JournalAction>[]
  readonly keptCount: number
}

const LISTED = 1_000

/** Gathers a report. */
export class RunReportDraft {
  readonly #run: string
  readonly #left: LeftEntity[] = []
  readonly #named = new Set<string>()
  readonly #kept: Recorded<JournalAction>[] = []
  #restored = 0
  #leftCount = 0
  #keptCount = 0

  constructor(run: string) {
    this.#run = run
  }

  addRestored(): void {
    this.#restored += 1
  }

  /** Each entity once, however much of it is left. */
  addLeft(left: LeftEntity): void {
    const name = `${left.entity}/${left.entityId}`
    if (this.#named.has(name)) return
    this.#named.add(name)
    this.#leftCount += 1
    if (this.#left.length < LISTED) this.#left.push(left)
  }

  async addKept(actions: AsyncIterable<readonly Recorded<JournalAction>[]>): Promise<void> {
    for await (const some of actions) {
      this.#keptCount += some.length
      this.#kept.push(...some.slice(0, LISTED - this.#kept.length))
    }
  }

  report(): RunReport {
    const lists = { left: this.#left, kept: this.#kept }
    return {
      run: this.#run,
      restored: this.#restored,
      leftCount: this.#leftCount,
      keptCount: this.#keptCount,
      ...lists,
    }
  }
}
