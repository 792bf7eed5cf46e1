import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { openRedis } from '../../src/redis-ladder.ts'
import { Keys } from '../../src/store/keys.ts'

export interface DemoRedis {
  readonly url: string
  readonly source: 'url' | 'server' | 'embedded'
  readonly redis: Redis
  /** Under a root of this run alone. */
  readonly keys: Keys
  /** Deletes this run's keys, and ends the Redis if it was started here. */
  close(): Promise<void>
}

/** A Redis by the product's own ladder. It is this process' child, so it outlives a killed service. */
export async function demoRedis(folder: string, warn: (sentence: string) => void): Promise<DemoRedis> {
  const redisUrl = process.env.REDIS_URL || null
  const { url, source, close } = await openRedis({ redisUrl, production: false, dataDir: join(folder, 'redis'), warn })
  const redis = new Redis(url, { maxRetriesPerRequest: null })
  redis.on('error', () => undefined)
  const keys = new Keys(`demo-${randomUUID().slice(0, 8)}`)
  return {
    url,
    source,
    redis,
    keys,
    close: async () => {
      if (source === 'url') await deleteUnder(redis, keys.root)
      redis.disconnect()
      await close()
    },
  }
}

async function deleteUnder(redis: Redis, root: string): Promise<void> {
  const found: AsyncIterable<string[]> = redis.scanStream({ match: `${root}:*`, count: 1000 })
  for await (const keys of found) if (keys.length > 0) await redis.unlink(...keys)
}
