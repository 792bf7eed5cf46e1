import type { RedisClient } from './redis-client.ts'

export interface Keeping {
  readonly seconds: number
  /** Of those with the same index; the ones that were kept before them go. */
  readonly most: number
}

/**
 * Keeps a large text for a while, and of its kind only the last few: however often somebody asks, Redis does not fill up.
 *
 * @param index key under which those of its kind are counted; of the same account as `key`
 */
export async function keepText(
  redis: RedisClient,
  { index, key, text }: { readonly index: string; readonly key: string; readonly text: string },
  { seconds, most }: Keeping,
): Promise<void> {
  await redis.multi().set(key, text, 'EX', seconds).lrem(index, 0, key).lpush(index, key).expire(index, seconds).exec()
  const former = await redis.lrange(index, most, -1)
  // What two who keep at once let slip ends by its time.
  if (former.length > 0)
    await redis
      .multi()
      .ltrim(index, 0, most - 1)
      .del(...former)
      .exec()
}
