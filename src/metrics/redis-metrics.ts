import { Gauge, Registry } from 'prom-client'
import type { RedisClient } from '../store/redis-client.ts'

/** Whether Redis answers, and how full it is, as it tells of itself; of a cluster: one of its nodes. */
export const redisMetrics = async (redis: RedisClient): Promise<Registry> => {
  const registry = new Registry()
  const tell = (name: string, help: string, value: number) =>
    new Gauge({ name, help, registers: [registry] }).set(value)
  const ping = await redis.ping().catch(() => null)
  tell('amo_segments_redis_up', '1 while Redis answers', ping === null ? 0 : 1)
  const memory = ping === null ? '' : await redis.info('memory').catch(() => '')
  const tellBytes = (field: string, name: string, help: string) => {
    const bytes = new RegExp(`^${field}:(\\d+)`, 'm').exec(memory)?.[1]
    if (bytes !== undefined) tell(name, help, Number(bytes))
  }
  tellBytes('used_memory', 'amo_segments_redis_memory_bytes', 'Memory that Redis uses')
  tellBytes('maxmemory', 'amo_segments_redis_memory_max_bytes', 'Memory that Redis may use; 0: no limit is set')
  return registry
}
