import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { RedisClient } from './redis-client.ts'

/** A crashed holder's lock ends by itself after this; a living one's is prolonged. */
const TTL_MS = 60_000
/** The share of its life after which a lock is prolonged. */
const PROLONGED_AT = 0.25
const POLL_MS = 100

const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
const PROLONG = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`

/**
 * Runs `work` while holding a lock across processes; waits for it as long as it takes. However long the work takes, the
 * lock is held; only a holder that stands still for a minute (a frozen machine, Redis away) can lose it, so what must
 * not happen twice still compares before it writes.
 *
 * @param ttlMs how long the lock outlives a crashed holder
 */
export async function withLock<T>(redis: RedisClient, key: string, work: () => Promise<T>, ttlMs = TTL_MS): Promise<T> {
  const holder = randomUUID()
  while ((await redis.set(key, holder, 'PX', ttlMs, 'NX')) === null) await delay(POLL_MS)
  const prolonging = setInterval(() => {
    redis.eval(PROLONG, 1, key, holder, ttlMs).catch(() => undefined)
  }, ttlMs * PROLONGED_AT)
  try {
    return await work()
  } finally {
    clearInterval(prolonging)
    await redis.eval(RELEASE, 1, key, holder)
  }
}
