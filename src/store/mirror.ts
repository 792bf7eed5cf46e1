import type { Redis } from 'ioredis'
import type { ClientRef } from '../segmentation/verdict.ts'
import { decodeClient, encodeClient, revisionPrefix } from './client-codec.ts'
import type { ClientDoc } from './client-doc.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import { teachCommitScript } from './commit-script.ts'
import { type IndexCommand, indexChanges } from './index-changes.ts'
import type { Keys } from './keys.ts'

/** What the deal index knows of a deal. */
export type DealOwner =
  | { readonly type: 'client'; readonly ref: ClientRef }
  /** No client: neither contact nor company is linked. */
  | { readonly type: 'orphan'; readonly readAt: number }
  /** Seen deleted by a reading of this instant (ms): older readings must not bring it back. */
  | { readonly type: 'deleted'; readonly readAt: number }
  | { readonly type: 'unknown' }

const ORPHAN = 'o'
const DELETED = 'x'

/** The mirror of one deployment's clients and deals in Redis: one document per client, and the indexes over them. */
export class Mirror {
  readonly #redis: Redis
  readonly #keys: Keys

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
    teachCommitScript(redis)
  }

  async read(accountId: number, ref: ClientRef): Promise<ClientDoc | null> {
    const key = clientKey(ref)
    const text = await this.#redis.get(this.#keys.client(accountId, key))
    return text === null ? null : decodeClient(key, text)
  }

  /**
   * Replaces `before` (as read) by `after`; null is "no document". Answers false, with nothing changed, when somebody
   * else changed it meanwhile: read again and decide again. `alongside` happens in the same step, or not at all.
   */
  async commit(
    accountId: number,
    before: ClientDoc | null,
    after: ClientDoc | null,
    alongside: readonly IndexCommand[] = [],
  ): Promise<boolean> {
    const doc = after ?? before
    if (!doc) return true
    const next = after && { ...after, rev: (before?.rev ?? 0) + 1 }
    const commands = [...indexChanges(this.#keys, accountId, before, next), ...alongside]
    const keys = [this.#keys.client(accountId, clientKey(doc.ref))]
    const done = await this.#redis.commitClient(
      keys.length + commands.length,
      ...keys,
      ...commands.map((command) => command.key),
      before ? revisionPrefix(before.rev) : '',
      next ? encodeClient(next) : '',
      JSON.stringify(commands.map(({ command, args }: IndexCommand, index) => [command, index + 2, ...args])),
    )
    return done === 1
  }

  /**
   * Changes a document by a pure function, again and again until no one else interferes. `change` answers the same
   * object for "leave it" and null for "no document".
   */
  async update(
    accountId: number,
    ref: ClientRef,
    change: (doc: ClientDoc | null) => ClientDoc | null,
  ): Promise<{ before: ClientDoc | null; after: ClientDoc | null }> {
    for (;;) {
      const before = await this.read(accountId, ref)
      const after = change(before)
      if (after === before || (await this.commit(accountId, before, after))) return { before, after }
    }
  }

  /** Who each deal belonged to when it was last read. */
  async owners(accountId: number, dealIds: readonly number[]): Promise<Map<number, DealOwner>> {
    const values = await Promise.all(
      dealIds.map((id) => {
        const { key, field } = this.#keys.dealBucket(accountId, id)
        return this.#redis.hget(key, field)
      }),
    )
    return new Map(dealIds.map((id, index) => [id, parseOwner(values[index] ?? null)]))
  }

  /** Remembers that a deal is gone, so that an older reading can't bring it back. */
  async buryDeal(accountId: number, dealId: number, readAt: number): Promise<void> {
    await this.#mark(accountId, dealId, `${DELETED}${readAt}`)
  }

  async orphanDeal(accountId: number, dealId: number, readAt: number): Promise<void> {
    await this.#mark(accountId, dealId, `${ORPHAN}${readAt}`)
  }

  /** Clients whose second has come, the most overdue first. */
  async due(accountId: number, now: number, limit: number): Promise<ClientRef[]> {
    const members = await this.#redis.zrangebyscore(this.#keys.due(accountId), '-inf', now, 'LIMIT', 0, limit)
    return members.map(parseClientKey).filter((ref) => ref !== null)
  }

  /** Clients whose deals are known and whose own card is not, in handfuls; each at least once. */
  async *unread(accountId: number): AsyncGenerator<ClientRef[]> {
    let cursor = '0'
    do {
      const [next, members] = await this.#redis.sscan(this.#keys.unread(accountId), cursor, 'COUNT', 250)
      cursor = next
      const refs = members.map(parseClientKey).filter((ref) => ref !== null)
      if (refs.length > 0) yield refs
    } while (cursor !== '0')
  }

  /** Number of clients in a segment. */
  count(accountId: number, dimension: string, segment: string): Promise<number> {
    return this.#redis.scard(this.#keys.segment(accountId, dimension, segment))
  }

  async #mark(accountId: number, dealId: number, value: string): Promise<void> {
    const { key, field } = this.#keys.dealBucket(accountId, dealId)
    await this.#redis.hset(key, field, value)
  }
}

function parseOwner(value: string | null): DealOwner {
  if (value === null) return { type: 'unknown' }
  if (value.startsWith(ORPHAN)) return { type: 'orphan', readAt: Number(value.slice(1)) }
  if (value.startsWith(DELETED)) return { type: 'deleted', readAt: Number(value.slice(1)) }
  const ref = parseClientKey(value)
  return ref ? { type: 'client', ref } : { type: 'unknown' }
}
