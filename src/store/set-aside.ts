import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** Told at most; there are more only when something is badly wrong. */
const LISTED = 100

/** No entity is set aside for longer. */
const LONGEST_S = 3_600

/** An entity that something else keeps changing back: not written to until then, in seconds. */
export interface SetAside {
  readonly entity: 'leads' | 'contacts' | 'companies'
  readonly entityId: number
  readonly until: number
}

/** Remembers entities that are set aside, for people to look at. */
export async function noteSetAside(
  redis: RedisClient,
  keys: Keys,
  accountId: number,
  { entity, entityId, until }: SetAside,
): Promise<void> {
  const key = keys.setAside(accountId)
  // By then all that is in it is over, whether anybody looked or not.
  await redis.multi().zadd(key, until, `${entity}/${entityId}`).expire(key, LONGEST_S).exec()
}

/** How many are set aside now (seconds), and the first of them. */
export async function readSetAside(
  redis: RedisClient,
  keys: Keys,
  accountId: number,
  now: number,
): Promise<{ readonly count: number; readonly first: readonly SetAside[] }> {
  const key = keys.setAside(accountId)
  await redis.zremrangebyscore(key, '-inf', now)
  const [count, members] = await Promise.all([redis.zcard(key), redis.zrange(key, 0, LISTED - 1, 'WITHSCORES')])
  const first: SetAside[] = []
  for (let at = 0; at + 1 < members.length; at += 2) {
    const [entity, id] = (members[at] ?? '').split('/')
    first.push({ entity: entity as SetAside['entity'], entityId: Number(id), until: Number(members[at + 1]) })
  }
  return { count, first }
}
