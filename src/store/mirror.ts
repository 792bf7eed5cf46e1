import { randomInt } from 'node:crypto'
import type { ClientRef } from '../segmentation/verdict.ts'
import { decodeClient, encodeClient, revisionPrefix } from './client-codec.ts'
import type { ClientDoc } from './client-doc.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import { teachCommitScript } from './commit-script.ts'
import { type IndexCommand, indexChanges } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** What the deal index knows of a deal. */
export type DealOwner =
  | { readonly type: 'client'; readonly ref: ClientRef }
  /** No client: neither contact nor company is linked. */
  | { readonly type: 'orphan'; readonly readAt: number }
  /** Seen deleted by a reading of this instant (ms): older readings must not bring it back. */
  | { readonly type: 'deleted'; readonly readAt: number }
  | { readonly type: 'unknown' }

/** How a change of a document ended; `contested`: a deal it adds has another owner, or a younger mark. */
type CommitOutcome = 'done' | 'changed' | 'contested'

const OUTCOMES: readonly CommitOutcome[] = ['changed', 'done', 'contested']

/** Revisions begin anywhere, so that a document deleted and made anew is never taken for the one that was read. */
const FIRST_REVISIONS = 1_000_000

const ORPHAN = 'o'
const DELETED = 'x'

/** The mirror of one deployment's clients and deals in Redis: one document per client, and the indexes over them. */
export class Mirror {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
    teachCommitScript(redis)
  }

  async read(accountId: number, ref: ClientRef): Promise<ClientDoc | null> {
    const key = clientKey(ref)
    const text = await this.#redis.get(this.#keys.client(accountId, key))
    return text === null ? null : decodeClient(key, text)
  }

  /** The documents of several clients, by one command; those without one are left out. */
  async readMany(accountId: number, refs: readonly ClientRef[]): Promise<ClientDoc[]> {
    if (refs.length === 0) return []
    const keys = refs.map(clientKey)
    const texts = await this.#redis.mget(keys.map((key) => this.#keys.client(accountId, key)))
    return keys.flatMap((key, index) => {
      const text = texts[index] ?? null
      return text === null ? [] : [decodeClient(key, text)]
    })
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
    return (await this.#tryCommit(accountId, before, after, alongside)) === 'done'
  }

  async #tryCommit(
    accountId: number,
    before: ClientDoc | null,
    after: ClientDoc | null,
    alongside: readonly IndexCommand[],
  ): Promise<CommitOutcome> {
    const doc = after ?? before
    if (!doc) return 'done'
    const next = after && { ...after, rev: before ? before.rev + 1 : randomInt(1, FIRST_REVISIONS) }
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
    return OUTCOMES[done] ?? 'changed'
  }

  /**
   * Changes a document by a pure function, again and again until no one else interferes. `change` answers the same
   * object for "leave it" and null for "no document". `contested`: nothing was changed, since a deal to be added has
   * another owner, or was seen deleted or without owner later than its reading.
   */
  async update(
    accountId: number,
    ref: ClientRef,
    change: (doc: ClientDoc | null) => ClientDoc | null,
    alongside: (before: ClientDoc | null, after: ClientDoc | null) => readonly IndexCommand[] = () => [],
  ): Promise<{ before: ClientDoc | null; after: ClientDoc | null; contested: boolean }> {
    for (;;) {
      const before = await this.read(accountId, ref)
      const after = change(before)
      if (after === before) return { before, after, contested: false }
      const outcome = await this.#tryCommit(accountId, before, after, alongside(before, after))
      if (outcome === 'done') return { before, after, contested: false }
      if (outcome === 'contested') return { before, after: before, contested: true }
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

  /**
   * Remembers that a deal is gone, so that an older reading can't bring it back; `readAt` (ms) is when its absence was
   * read. False, with nothing changed: a client has it, or a younger reading says otherwise.
   */
  buryDeal(accountId: number, dealId: number, readAt: number): Promise<boolean> {
    return this.#mark(accountId, dealId, DELETED, readAt)
  }

  /** Remembers that a deal belongs to no client; answers as `buryDeal`. */
  orphanDeal(accountId: number, dealId: number, readAt: number): Promise<boolean> {
    return this.#mark(accountId, dealId, ORPHAN, readAt)
  }

  /** The command that keeps the client's name, to go alongside a reading of his card. */
  nameCommand(accountId: number, ref: ClientRef, name: string): IndexCommand {
    return { command: 'HSET', key: this.#keys.names(accountId, ref), args: [clientKey(ref), name] }
  }

  /**
   * The commands that note deals as taken from a client and given to nobody yet (`SADD`), or as given (`SREM`), to go
   * alongside the change: so a crash between the two loses none.
   */
  noteLoose(accountId: number, command: 'SADD' | 'SREM', dealIds: readonly number[]): IndexCommand[] {
    return dealIds.length === 0 ? [] : [{ command, key: this.#keys.loose(accountId), args: dealIds.map(String) }]
  }

  /** Deals that were taken from a client and, for all we know, given to nobody. */
  async loose(accountId: number): Promise<number[]> {
    return (await this.#redis.smembers(this.#keys.loose(accountId))).map(Number)
  }

  /** The deals were read again, so each is where it belongs. */
  async settleLoose(accountId: number, dealIds: readonly number[]): Promise<void> {
    if (dealIds.length > 0) await this.#redis.srem(this.#keys.loose(accountId), ...dealIds)
  }

  /** Clients whose second has come, the most overdue first. */
  async due(accountId: number, now: number, limit: number): Promise<ClientRef[]> {
    const members = await this.#redis.zrangebyscore(this.#keys.due(accountId), '-inf', now, 'LIMIT', 0, limit)
    return members.map(parseClientKey).filter((ref) => ref !== null)
  }

  /** Clients whose deals are known and whose own card is not, in handfuls; each at least once. */
  unread(accountId: number): AsyncGenerator<ClientRef[]> {
    return this.#scan(this.#keys.unread(accountId))
  }

  /** Clients of a lifecycle segment, in handfuls; each at least once if he stays in it. */
  members(accountId: number, lifecycle: string): AsyncGenerator<ClientRef[]> {
    return this.#scan(this.#keys.segment(accountId, 'lifecycle', lifecycle))
  }

  async *#scan(key: string): AsyncGenerator<ClientRef[]> {
    let cursor = '0'
    do {
      const [next, members] = await this.#redis.sscan(key, cursor, 'COUNT', 250)
      cursor = next
      const refs = members.map(parseClientKey).filter((ref) => ref !== null)
      if (refs.length > 0) yield refs
    } while (cursor !== '0')
  }

  /** Number of clients in a segment. */
  count(accountId: number, dimension: string, segment: string): Promise<number> {
    return this.#redis.scard(this.#keys.segment(accountId, dimension, segment))
  }

  /** Number of clients whose deals are known and whose own card is not. */
  countUnread(accountId: number): Promise<number> {
    return this.#redis.scard(this.#keys.unread(accountId))
  }

  async #mark(accountId: number, dealId: number, kind: string, readAt: number): Promise<boolean> {
    const { key, field } = this.#keys.dealBucket(accountId, dealId)
    return (await this.#redis.markDeal(key, field, `${kind}${readAt}`, readAt)) === 1
  }
}

function parseOwner(value: string | null): DealOwner {
  if (value === null) return { type: 'unknown' }
  if (value.startsWith(ORPHAN)) return { type: 'orphan', readAt: Number(value.slice(1)) }
  if (value.startsWith(DELETED)) return { type: 'deleted', readAt: Number(value.slice(1)) }
  const ref = parseClientKey(value)
  return ref ? { type: 'client', ref } : { type: 'unknown' }
}
