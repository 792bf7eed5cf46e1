import type { Preview } from '../policy-types.ts'

/** Clients of one segment before and after. */
export interface SegmentCount {
  readonly segment: string
  readonly before: number
  readonly after: number
}

/** `lifecycle:new` and `rule:vip:match`: the segment stands behind the last colon. */
const split = (key: string): readonly [dimension: string, segment: string] => {
  const at = key.lastIndexOf(':')
  return [key.slice(0, at), key.slice(at + 1)]
}

/** The counts of a preview by dimension; those of a dimension in the order they are known in, else by size. */
export const countsByDimension = (
  { before, after }: Pick<Preview, 'before' | 'after'>,
  orders: Readonly<Record<string, readonly string[]>>,
): ReadonlyMap<string, readonly SegmentCount[]> => {
  const found = new Map<string, SegmentCount[]>()
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [dimension, segment] = split(key)
    const counts = found.get(dimension) ?? []
    counts.push({ segment, before: before[key] ?? 0, after: after[key] ?? 0 })
    found.set(dimension, counts)
  }
  for (const [dimension, counts] of found) {
    const order = orders[dimension]
    counts.sort((one, other) =>
      order ? order.indexOf(one.segment) - order.indexOf(other.segment) : other.after - one.after,
    )
  }
  return found
}

/** The usual order of dimensions; rules come last. */
const DIMENSIONS = ['lifecycle', 'temperature', 'standing', 'value']

const placeOf = (dimension: string): number => {
  const place = DIMENSIONS.indexOf(dimension)
  return place === -1 ? DIMENSIONS.length : place
}

/** The dimensions in which anybody moves, in their usual order. */
export const movingDimensions = ({ moves }: Pick<Preview, 'moves'>): readonly string[] =>
  [...new Set(moves.map(({ dimension }) => dimension))].sort((one, other) => placeOf(one) - placeOf(other))

/** Who goes from where to where in one dimension, those who stay included; null: no answer. */
export const matrixOf = (
  { before, moves }: Pick<Preview, 'before' | 'moves'>,
  dimension: string,
  order: readonly string[] = [],
): {
  readonly segments: readonly (string | null)[]
  readonly clients: (from: string | null, to: string | null) => number
} => {
  const own = moves.filter((move) => move.dimension === dimension)
  const known = Object.keys(before).flatMap((key) => {
    const [of, segment] = split(key)
    return of === dimension ? [segment] : []
  })
  const place = (segment: string | null) => (segment === null ? order.length : order.indexOf(segment))
  const segments = [...new Set([...known, ...own.flatMap(({ from, to }) => [from, to])])].sort(
    (one, other) => place(one) - place(other),
  )
  const left = (segment: string | null) =>
    own.filter(({ from }) => from === segment).reduce((sum, { clients }) => sum + clients, 0)
  return {
    segments,
    clients: (from, to) => {
      if (from === to) return from === null ? 0 : (before[`${dimension}:${from}`] ?? 0) - left(from)
      return own.find((move) => move.from === from && move.to === to)?.clients ?? 0
    },
  }
}
