import type { Seconds } from '../segmentation/facts.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { Decided } from './client-doc.ts'
import { clientKey, parseClientKey } from './client-key.ts'
import { countedSegments, type IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

const KEPT_ENTRIES = 500_000
const KEPT_PER_CLIENT = 50
const PAGE = 1_000

/** A move in one dimension; null: no segment. */
export interface Move {
  readonly dimension: string
  readonly from: string | null
  readonly to: string | null
}

/** What of one client changed at one instant. */
export interface Transition {
  readonly at: Seconds
  readonly moves: readonly Move[]
}

/** The same as it stands in the stream of all clients. */
export interface ClientTransition extends Transition {
  readonly client: ClientRef
  readonly responsibleUserId: number
  readonly ltv: number
  /** Pipeline of his newest deal; null: none, or not recorded. */
  readonly pipelineId: number | null
  /** Where he came from; null: not recorded. */
  readonly source: string | null
}

/** What of a client stands beside his move. */
export type MoverFacts = Pick<ClientTransition, 'responsibleUserId' | 'ltv' | 'pipelineId' | 'source'>

type StoredMove = readonly [dimension: string, from: string | null, to: string | null]
type StoredTransition = readonly [
  at: Seconds,
  client: string,
  responsibleUserId: number,
  ltv: number,
  moves: readonly StoredMove[],
  pipelineId?: number,
  source?: string,
]

/**
 * Every move between segments, written in the same step as the decision: one stream per account, and for each client
 * the last of his own, from his first move on.
 */
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
    { responsibleUserId, ltv, pipelineId, source }: MoverFacts,
  ): IndexCommand[] {
    const moves = movesBetween(before, after).map((move): StoredMove => [move.dimension, move.from, move.to])
    if (moves.length === 0) return []
    const key = this.#key(accountId)
    const known = [responsibleUserId, ltv, moves, pipelineId ?? 0, ...(source === null ? [] : [source])]
    const text = JSON.stringify([after.at, clientKey(client), ...known])
    const ofAll: IndexCommand = { command: 'XADD', key, args: ['MAXLEN', '~', String(KEPT_ENTRIES), '*', 't', text] }
    // Who is decided for the first time has no past: the memory is kept for those who have one.
    if (before === null) return [ofAll]
    const own = this.#own(accountId, client)
    return [
      ofAll,
      { command: 'LPUSH', key: own, args: [JSON.stringify([after.at, moves])] },
      { command: 'LTRIM', key: own, args: ['0', String(KEPT_PER_CLIENT - 1)] },
    ]
  }

  /** The last moves of one client, newest first. */
  async ofClient(accountId: number, client: ClientRef): Promise<Transition[]> {
    const texts = await this.#redis.lrange(this.#own(accountId, client), 0, -1)
    return texts.map((text) => {
      const [at, moves] = JSON.parse(text) as [Seconds, StoredMove[]]
      return { at, moves: moves.map(toMove) }
    })
  }

  /** The moves of all clients, newest first, some at a time. */
  async *newestFirst(accountId: number): AsyncGenerator<ClientTransition[]> {
    let end = '+'
    for (;;) {
      const page = await this.#redis.xrevrange(this.#key(accountId), end, '-', 'COUNT', PAGE)
      yield page.map(([, fields]) => parsed(fields[1] ?? '')).filter((one) => one !== null)
      const last = page.at(-1)
      if (!last || page.length < PAGE) return
      end = `(${last[0]}`
    }
  }

  count(accountId: number): Promise<number> {
    return this.#redis.xlen(this.#key(accountId))
  }

  #key(accountId: number): string {
    return this.#keys.of(accountId, 'transitions')
  }

  #own(accountId: number, client: ClientRef): string {
    return this.#keys.of(accountId, `t:${clientKey(client)}`)
  }
}

/** What changed between two decisions. */
export function movesBetween(before: Decided | null, after: Decided): Move[] {
  const [left, entered] = [countedSegments(before), countedSegments(after)]
  return [...new Set([...Object.keys(left), ...Object.keys(entered)])]
    .map((dimension) => ({ dimension, from: left[dimension] ?? null, to: entered[dimension] ?? null }))
    .filter(({ from, to }) => from !== to)
}

function toMove([dimension, from, to]: StoredMove): Move {
  return { dimension, from, to }
}

/** Null: of a client that can't be read any more. */
function parsed(text: string): ClientTransition | null {
  const [at, key, responsibleUserId, ltv, moves, pipelineId, source = null] = JSON.parse(text) as StoredTransition
  const client = parseClientKey(key)
  const known = { responsibleUserId, ltv, pipelineId: pipelineId || null, source }
  return client && { at, client, ...known, moves: moves.map(toMove) }
}
