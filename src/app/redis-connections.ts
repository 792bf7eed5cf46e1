import { setTimeout as delay } from 'node:timers/promises'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { Logger } from 'pino'
import type { ClosingStack } from '../closing-stack.ts'
import { parseRedisAddress, type RedisAddress } from '../config/redis-address.ts'
import type { RedisClient } from '../store/redis-client.ts'

const COMMON: RedisOptions = { retryStrategy: (times) => Math.min(times * 100, 2_000) }

/** Workers wait as long as it takes: nobody is kept waiting for their answer. BullMQ insists on the null. */
const PATIENT: RedisOptions = { ...COMMON, maxRetriesPerRequest: null }

/**
 * Whoever answers a request must know at once that Redis is away: nothing is kept in memory to be sent later, and a
 * Redis that takes commands without answering is given up.
 */
const IMPATIENT: RedisOptions = {
  // Requests handled in one turn go out in one write: half as many again webhooks a second.
  enableAutoPipelining: true,
  ...COMMON,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  commandTimeout: 1_400,
  socketTimeout: 5_000,
}

/** Opens connections to one Redis or cluster; each is closed by the stack. */
export interface RedisConnections {
  /** For workers and clocks. */
  patient(name: string): RedisClient
  /** For what answers requests. */
  impatient(name: string): RedisClient
}

/** Waits until the connection stands, but no longer than `limitMs`: who starts without Redis starts all the same. */
export const awaitReady = async (redis: RedisClient, limitMs: number): Promise<void> => {
  if (redis.status === 'ready') return
  const patience = new AbortController()
  const ready = new Promise<void>((resolve) => redis.once('ready', resolve))
  await Promise.race([ready, delay(limitMs, undefined, { signal: patience.signal }).catch(() => {})])
  patience.abort()
}

/** @throws Error when `url` is no address of a Redis. */
export const redisConnections = (url: string, log: Logger, closing: ClosingStack): RedisConnections => {
  const address = parseRedisAddress(url)
  if (address === null) throw new Error('the address of Redis can’t be read')
  const open = (name: string, options: RedisOptions): RedisClient => {
    const redis = connect(address, { ...options, connectionName: name })
    let isAway = false
    redis.on('error', (error) => {
      if (!isAway) log.warn({ err: error, connection: name }, 'Redis is away; trying again until it is back')
      isAway = true
    })
    redis.on('ready', () => {
      if (isAway) log.info({ connection: name }, 'Redis is back')
      isAway = false
    })
    closing.push(`Redis connection ${name}`, () => redis.disconnect())
    return redis
  }
  return { patient: (name) => open(name, PATIENT), impatient: (name) => open(name, IMPATIENT) }
}

const connect = (address: RedisAddress, options: RedisOptions): RedisClient => {
  if (address.type === 'server') return new Redis(address.url, options)
  const { nodes, tls, login } = address
  const { retryStrategy, enableOfflineQueue = true, enableAutoPipelining = false, ...redisOptions } = options
  return new Cluster([...nodes], {
    ...{ enableOfflineQueue, enableAutoPipelining, clusterRetryStrategy: retryStrategy },
    redisOptions: { ...redisOptions, ...login, ...(tls && { tls: {} }) },
    // Certificates name hosts: they are not to be turned into addresses first.
    ...(tls && { dnsLookup: (host, callback) => callback(null, host) }),
  })
}
