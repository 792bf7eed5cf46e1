import { Mirror } from '../../src/store/mirror.ts'
import { type SegmentCounts, SHOWN_SEGMENTS } from './check-final-state.ts'
import type { DemoRedis } from './demo-redis.ts'

/** How many clients the service itself counts in each segment. */
export async function countSegments({ redis, keys }: DemoRedis, accountId: number): Promise<SegmentCounts> {
  const mirror = new Mirror(redis, keys)
  const counts = await Promise.all(
    SHOWN_SEGMENTS.map(
      async ({ dimension, segment }) =>
        [`${dimension}:${segment}`, await mirror.count(accountId, dimension, segment)] as const,
    ),
  )
  return new Map(counts)
}

/** Whether both count the same clients in every segment. */
export function sameCounts(one: SegmentCounts, other: SegmentCounts): boolean {
  return SHOWN_SEGMENTS.every(({ dimension, segment }) => {
    const key = `${dimension}:${segment}`
    return (one.get(key) ?? 0) === (other.get(key) ?? 0)
  })
}
