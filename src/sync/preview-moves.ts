import type { ClientRef } from '../segmentation/verdict.ts'
import type { Decided } from '../store/client-doc.ts'
import { countedSegments } from '../store/index-changes.ts'

/** Examples shown per move. */
const EXAMPLES = 5

/** A move between two segments of a dimension, and who makes it. */
export interface PreviewMove {
  readonly dimension: string
  readonly from: string | null
  readonly to: string | null
  readonly clients: number
  readonly examples: readonly ClientRef[]
}

interface MoveDraft extends PreviewMove {
  readonly examples: ClientRef[]
  clients: number
}

/** Counts clients by segment before and after, and their moves from one to another. */
export class PreviewMoves {
  readonly #before = new Map<string, number>()
  readonly #after = new Map<string, number>()
  readonly #moves = new Map<string, MoveDraft>()

  add(client: ClientRef, before: Decided | null, after: Decided | null): void {
    const [from, to] = [countedSegments(before), countedSegments(after)]
    for (const dimension of new Set([...Object.keys(from), ...Object.keys(to)])) {
      const [left, joined] = [from[dimension] ?? null, to[dimension] ?? null]
      if (left !== null) bump(this.#before, `${dimension}:${left}`)
      if (joined !== null) bump(this.#after, `${dimension}:${joined}`)
      if (left !== joined) this.#move(client, dimension, left, joined)
    }
  }

  total() {
    return {
      /** Clients by `dimension:segment`, as they stand and as they would. */
      before: Object.fromEntries(this.#before) as Readonly<Record<string, number>>,
      after: Object.fromEntries(this.#after) as Readonly<Record<string, number>>,
      /** Only moves to another segment, the largest first. */
      moves: [...this.#moves.values()].sort((one, other) => other.clients - one.clients) as readonly PreviewMove[],
    }
  }

  #move(client: ClientRef, dimension: string, from: string | null, to: string | null): void {
    const key = `${dimension}:${from}>${to}`
    const move = this.#moves.get(key) ?? { dimension, from, to, examples: [], clients: 0 }
    move.clients += 1
    if (move.examples.length < EXAMPLES) move.examples.push(client)
    this.#moves.set(key, move)
  }
}

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
