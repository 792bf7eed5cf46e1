import { createHash } from 'node:crypto'
import type { Cluster, Redis } from 'ioredis'

/** What the scripts of this room need of a Redis connection; a Cluster serves as well. */
export type ScriptRedis = Pick<Redis | Cluster, 'eval' | 'evalsha'>

/** A Lua script that is sent by its digest, and in full only to a server that has not seen it. */
export class RedisScript {
  readonly #source: string
  readonly #digest: string

  constructor(source: string) {
    this.#source = source
    this.#digest = createHash('sha1').update(source).digest('hex')
  }

  /** The script's reply as Redis gives it; the caller knows its shape. Rejects when Redis does. */
  async run(redis: ScriptRedis, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    try {
      return await redis.evalsha(this.#digest, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error
      return await redis.eval(this.#source, keys.length, ...keys, ...args)
    }
  }
}
