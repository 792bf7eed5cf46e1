import type { RedisClient } from '../../store/redis-client.ts'

/** What Redis says of itself; null: it does not say. */
export interface RedisHealth {
  readonly version: string | null
  readonly usedBytes: number | null
  /** 0: as much as there is. */
  readonly maxBytes: number | null
  /** Whether a restart loses nothing. */
  readonly isAppendOnly: boolean | null
  /** `noeviction`, or what is thrown away when memory is full. */
  readonly evictionPolicy: string | null
}

/** Of a cluster one node answers for all. */
export const redisHealth = async (redis: RedisClient): Promise<RedisHealth> => {
  const told = new Map(
    (await redis.info()).split('\n').flatMap((line) => {
      const [name = '', value] = line.trim().split(':', 2)
      return value === undefined ? [] : [[name, value] as const]
    }),
  )
  const number = (name: string) => (told.has(name) ? Number(told.get(name)) : null)
  const appendOnly = told.get('aof_enabled')
  return {
    version: told.get('redis_version') ?? null,
    usedBytes: number('used_memory'),
    maxBytes: number('maxmemory'),
    isAppendOnly: appendOnly === undefined ? null : appendOnly === '1',
    evictionPolicy: told.get('maxmemory_policy') ?? null,
  }
}
