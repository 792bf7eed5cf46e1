import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { inject } from 'vitest'

export interface TestRedis {
  readonly redis: Redis
  /** Prefix of this test's own keys; give it to what is tested. */
  readonly root: string
  readonly url: string
  /** Deletes the keys under `root` and ends the connection. */
  close(): Promise<void>
}

/** A connection to the run's Redis (see global-redis.ts) and a key root nobody else uses. */
export const connectTestRedis = async (): Promise<TestRedis> => {
  const url = inject('redisUrl')
  const root = `test-${randomUUID()}`
  // BullMQ's workers block on their connection and insist on null here.
  const redis = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true })
  await redis.connect()
  const close = async () => {
    await deleteUnder(redis, root)
    await redis.quit()
  }
  return { redis, root, url, close }
}

const deleteUnder = async (redis: Redis, root: string): Promise<void> => {
  for await (const keys of redis.scanStream({ match: `*${root}*`, count: 1000 }) as AsyncIterable<string[]>) {
    if (keys.length > 0) await redis.unlink(...keys)
  }
}
