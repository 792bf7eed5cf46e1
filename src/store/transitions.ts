import type { ClientRef } from '../segmentation/verdict.ts'
import type { Decided } from './client-doc.ts'
import { clientKey } from './client-key.ts'
import { countedSegments, type IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

const KEPT_ENTRIES = 500_000

/** Every move between segments, oldest first: one stream per account, written in the same step as the decision. */
export class Transitions {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** The commands that record what changed between two decisions, to go alongside the commit of the later one. */
  record(
    accountId: number,
    client: ClientRef,
    before: Decided | null,
    after: Decided,
    known: { readonly responsibleUserId: number; readonly ltv: number },
  ): IndexCommand[] {
    const [from, to] = [countedSegments(before), countedSegments(after)]
    const moves = [...new Set([...Object.keys(from), ...Object.keys(to)])]
      .map((dimension) => [dimension, from[dimension] ?? null, to[dimension] ?? null] as const)
      .filter(([, left, entered]) => left !== entered)
    if (moves.length === 0) return []
    const text = JSON.stringify([after.at, clientKey(client), known.responsibleUserId, known.ltv, moves])
    const key = this.#key(accountId)
    return [{ command: 'XADD', key, args: ['MAXLEN', '~', String(KEPT_ENTRIES), '*', 't', text] }]
  }

  count(accountId: number): Promise<number> {
    return this.#redis.xlen(this.#key(accountId))
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'transitions')
  }
}
