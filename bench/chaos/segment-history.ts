import { cardRefs, factsOfClient } from '../../sandbox/demo/facts-of-world.ts'
import type { World } from '../../sandbox/world/world.ts'
import type { CompiledPolicy } from '../../src/segmentation/compile-policy.ts'
import { decide } from '../../src/segmentation/decide.ts'
import { isFrozen } from '../../src/segmentation/desired.ts'
import type { ClientRef, LifecycleSegment } from '../../src/segmentation/verdict.ts'
import { clientKey } from '../../src/store/client-key.ts'

/** Where a client has been, at all the instants that were looked at. */
export interface Past {
  readonly ref: ClientRef
  /** Null: he was no client yet. */
  readonly first: LifecycleSegment | null
  readonly segments: ReadonlySet<LifecycleSegment>
  readonly last: LifecycleSegment | null
  /** Second at which he was first seen in it. */
  readonly since: number
  /** Nothing is done for a client while he is frozen. */
  readonly wasFrozen: boolean
}

/**
 * Follows every client's segment from the account's own data. Looked at after each thing people do, it has seen whatever
 * the service could have seen.
 */
export class SegmentHistory {
  readonly #world: World
  readonly #policy: CompiledPolicy
  readonly #pasts = new Map<string, Past>()
  #looks = 0

  constructor(world: World, policy: CompiledPolicy) {
    this.#world = world
    this.#policy = policy
    this.look()
  }

  get pasts(): readonly Past[] {
    return [...this.#pasts.values()]
  }

  look(): void {
    const now = this.#world.now()
    this.#looks += 1
    const present = new Set<string>()
    for (const ref of cardRefs(this.#world)) {
      const facts = factsOfClient(this.#world, ref, this.#policy.policy.clientEntity)
      if (facts === null) continue
      const { segment } = decide(facts, this.#policy, now).lifecycle
      present.add(clientKey(ref))
      this.#note(ref, segment, isFrozen(facts, this.#policy), now)
    }
    for (const [key, past] of this.#pasts) if (!present.has(key)) this.#pasts.set(key, { ...past, last: null })
  }

  #note(ref: ClientRef, segment: LifecycleSegment, frozen: boolean, now: number): void {
    const key = clientKey(ref)
    const past = this.#pasts.get(key)
    const first = past ? past.first : this.#looks === 1 ? segment : null
    const segments = past?.segments.has(segment) ? past.segments : new Set([...(past?.segments ?? []), segment])
    const since = past?.last === segment ? past.since : now
    this.#pasts.set(key, { ref, first, segments, last: segment, since, wasFrozen: frozen || past?.wasFrozen === true })
  }
}
