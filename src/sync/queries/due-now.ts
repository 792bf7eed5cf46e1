import type { Keys } from '../../store/keys.ts'
import type { RedisClient } from '../../store/redis-client.ts'

/** Clients whose second has come and who are not decided yet, and by how much the oldest of them is late. */
export interface DueNow {
  readonly clients: number
  readonly lagSeconds: number
}

/** @param now seconds */
export const dueNow = async (redis: RedisClient, keys: Keys, accountId: number, now: number): Promise<DueNow> => {
  const due = keys.due(accountId)
  const [clients, oldest] = await Promise.all([redis.zcount(due, '-inf', now), redis.zrange(due, 0, 0, 'WITHSCORES')])
  return { clients, lagSeconds: Math.max(0, Math.floor(now - Number(oldest[1] ?? now))) }
}
