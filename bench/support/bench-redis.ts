import { join } from 'node:path'
import { Redis } from 'ioredis'
import type { ClosingStack } from '../../src/closing-stack.ts'
import { openRedis } from '../../src/redis-ladder.ts'

/** A Redis server of this run alone, with an append-only file as in production. */
export interface BenchRedis {
  readonly url: string
  readonly client: Redis
}

export async function openBenchRedis(folder: string, closing: ClosingStack): Promise<BenchRedis> {
  const { url, close } = await openRedis({ redisUrl: null, production: true, dataDir: join(folder, 'redis') })
  closing.push('Redis', close)
  const client = new Redis(url, { maxRetriesPerRequest: null, enableAutoPipelining: true })
  client.on('error', () => undefined)
  closing.push('Redis connection', () => client.disconnect())
  return { url, client }
}
