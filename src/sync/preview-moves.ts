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

/** Clients with the same answers, before and after. */
interface Alike {
  readonly before: Decided | null
  readonly after: Decided | null
  readonly examples: ClientRef[]
  clients: number
}

/**
 * Counts clients by segment before and after, and their moves from one to another. A base has many clients and few
 * kinds of answers, so those who are answered alike are taken apart once.
 */
export class PreviewMoves {
  readonly #alike = new Map<string, Alike>()

  add(client: ClientRef, before: Decided | null, after: Decided | null): void {
    const key = `${answersKey(before)}>${answersKey(after)}`
    const alike = this.#alike.get(key)
    if (alike === undefined) {
      this.#alike.set(key, { before, after, examples: [client], clients: 1 })
      return
    }
    alike.clients += 1
    if (alike.examples.length < EXAMPLES) alike.examples.push(client)
  }

  total() {
    const [before, after] = [new Map<string, number>(), new Map<string, number>()]
    const moves = new Map<string, MoveDraft>()
    for (const alike of this.#alike.values()) {
      const [from, to] = [countedSegments(alike.before), countedSegments(alike.after)]
      for (const dimension of new Set([...Object.keys(from), ...Object.keys(to)])) {
        const [left, joined] = [from[dimension] ?? null, to[dimension] ?? null]
        if (left !== null) add(before, `${dimension}:${left}`, alike.clients)
        if (joined !== null) add(after, `${dimension}:${joined}`, alike.clients)
        if (left !== joined) addMove(moves, { dimension, from: left, to: joined }, alike)
      }
    }
    return {
      /** Clients by `dimension:segment`, as they stand and as they would. */
      before: Object.fromEntries(before) as Readonly<Record<string, number>>,
      after: Object.fromEntries(after) as Readonly<Record<string, number>>,
      /** Only moves to another segment, the largest first. */
      moves: [...moves.values()].sort((one, other) => other.clients - one.clients) as readonly PreviewMove[],
    }
  }
}

/** The same for the same segments, whatever deals a rule holds for. */
function answersKey(decided: Decided | null): string {
  if (decided === null) return ''
  const { lifecycle, temperature, standing, tier, rules } = decided
  const held = new Set(rules.map(ruleIn))
  return [lifecycle, temperature, standing ?? '', tier ?? '', ...held].join('\n')
}

/** The rule of a key `ruleId` or `ruleId#dealId`. */
function ruleIn(key: string): string {
  const end = key.indexOf('#')
  return end < 0 ? key : key.slice(0, end)
}

function addMove(
  moves: Map<string, MoveDraft>,
  { dimension, from, to }: Pick<PreviewMove, 'dimension' | 'from' | 'to'>,
  { clients, examples }: Alike,
): void {
  const key = `${dimension}:${from}>${to}`
  const move = moves.get(key) ?? { dimension, from, to, examples: [], clients: 0 }
  move.clients += clients
  move.examples.push(...examples.slice(0, EXAMPLES - move.examples.length))
  moves.set(key, move)
}

function add(counts: Map<string, number>, key: string, clients: number): void {
  counts.set(key, (counts.get(key) ?? 0) + clients)
}
