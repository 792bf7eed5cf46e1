import { HandRecords } from '../../sandbox/demo/hand-records.ts'
import { WorldJudge } from '../../sandbox/demo/world-judge.ts'
import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import { deferred } from '../../src/amocrm/deferred.ts'
import type { ClientRef } from '../../src/segmentation/verdict.ts'

interface Waiting {
  readonly ref: ClientRef
  readonly entityIds: readonly number[]
  readonly done: () => void
}

/** Sees, from the platform's own data, how long clients stand wrong after something happened to them. */
export class ClientWatch {
  readonly world: AccountWorld
  readonly judge: WorldJudge
  /** By the id of each card of theirs; ids are unique across types. */
  readonly #waiting = new Map<number, Waiting>()

  /** Everything on the cards is taken as it stands now. */
  constructor(world: AccountWorld) {
    this.world = world
    this.judge = new WorldJudge(world, new HandRecords(world))
    const passOn = world.announce
    world.announce = (announcement) => {
      passOn(announcement)
      const waiting = this.#waiting.get(announcement.entityId)
      if (waiting) this.#look(waiting)
    }
  }

  isRight(ref: ClientRef): boolean {
    return this.judge.judge(ref).differences.length === 0
  }

  /** Does something to a client. Answers the ms until he is right; 0: he is at once; null: not within `limitMs`. */
  async act(ref: ClientRef, act: () => void, limitMs: number): Promise<number | null> {
    act()
    return this.isRight(ref) ? 0 : this.untilRight(ref, limitMs)
  }

  /** Waits for a client who is wrong now. */
  async untilRight(ref: ClientRef, limitMs: number): Promise<number | null> {
    const from = performance.now()
    const { promise, resolve } = deferred<number | null>()
    const timer = setTimeout(() => resolve(null), limitMs)
    const entityIds = [ref.id, ...(this.world.contacts.get(ref.id)?.leadIds ?? [])]
    const waiting = { ref, entityIds, done: () => resolve(performance.now() - from) }
    for (const id of entityIds) this.#waiting.set(id, waiting)
    const took = await promise
    clearTimeout(timer)
    for (const id of entityIds) if (this.#waiting.get(id) === waiting) this.#waiting.delete(id)
    return took
  }

  #look(waiting: Waiting): void {
    if (this.isRight(waiting.ref)) waiting.done()
  }
}
