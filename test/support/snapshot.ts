import type { Redis } from 'ioredis'

/** Everything that stands under some keys, whatever its type, as text that is equal when nothing changed. */
export async function snapshot(redis: Redis, keys: readonly string[]): Promise<string> {
  const contents = await Promise.all(keys.toSorted().map(async (key) => [key, await contentOf(redis, key)]))
  return JSON.stringify(contents)
}

/** DUMP would do, but a Redis in memory need not know it. */
async function contentOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key)
  switch (type) {
    case 'string':
      return redis.get(key)
    case 'hash':
      return Object.entries(await redis.hgetall(key)).toSorted()
    case 'set':
      return (await redis.smembers(key)).toSorted()
    case 'zset':
      return redis.zrange(key, 0, -1, 'WITHSCORES')
    case 'list':
      return redis.lrange(key, 0, -1)
    case 'stream':
      return redis.xrange(key, '-', '+')
    case 'none':
      return null
    default:
      throw new Error(`the key ${key} holds a ${type}`)
  }
}
