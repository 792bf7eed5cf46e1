import type { Cluster, Redis } from 'ioredis'

/** A connection to one Redis server or to a cluster: what touches several keys at once keeps to those of one account. */
export type RedisClient = Redis | Cluster
