import type { QueryMap, QueryNode } from './bracket-query.ts'
import { Problem } from './problem.ts'

/** Bounds of a filter, both inclusive. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** `filter[x]=1`, `filter[x][]=1` and `filter[x][0]=1` alike. */
export function listOf(node: QueryNode, name: string): string[] {
  if (typeof node === 'string') return [node]
  return [...node.values()].map((value) => {
    if (typeof value === 'string') return value
    throw invalidFilter(name)
  })
}

export function numbersOf(node: QueryNode, name: string): number[] {
  return listOf(node, name).map((text) => numberOf(text, name))
}

export function numberOf(text: QueryNode | undefined, name: string): number {
  if (typeof text === 'string' && /^-?\d{1,15}$/.test(text)) return Number(text)
  throw invalidFilter(name)
}

/** `[from]` and `[to]`; a scalar means exactly that. */
export function rangeOf(node: QueryNode, name: string): Range {
  if (typeof node === 'string') {
    const exact = numberOf(node, name)
    return { from: exact, to: exact }
  }
  for (const key of node.keys()) if (key !== 'from' && key !== 'to') throw invalidFilter(`${name}.${key}`)
  const from = node.get('from')
  const to = node.get('to')
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : numberOf(from, name),
    to: to === undefined ? Number.POSITIVE_INFINITY : numberOf(to, name),
  }
}

/** The map under a name such as `filter` or `order`. */
export function mapOf(query: QueryMap, name: string): QueryMap {
  const node = query.get(name)
  if (node === undefined) return new Map()
  if (typeof node === 'string') throw invalidFilter(name)
  return node
}

/** Words of a comma separated parameter such as `with`. */
export function wordsOf(query: QueryMap, name: string): ReadonlySet<string> {
  const node = query.get(name)
  if (node === undefined) return new Set()
  return new Set(listOf(node, name).flatMap((text) => text.split(',').map((word) => word.trim())))
}

export function invalidFilter(name: string): Problem {
  return new Problem(400, `Invalid filter: ${name}`)
}
