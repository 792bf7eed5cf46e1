import type { Redis } from 'ioredis'
import type { PlannedAction } from '../segmentation/plan-actions.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import type { IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'

/** Something to be done once in amoCRM that can't be repeated harmlessly. */
export interface Intent {
  readonly client: ClientRef
  readonly action: PlannedAction
  /** Seconds: when it was intended. */
  readonly at: number
  /** How often the call was begun: after the first, it may have been made already. */
  readonly begun: number
}

/** How many finished intents an account remembers, so that a late second copy finds it done. */
const KEPT_DONE_S = 7 * 86_400

const BEGIN = `
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return nil end
redis.call('HINCRBY', KEYS[2], ARGV[1], 1)
return { text, redis.call('HGET', KEYS[2], ARGV[1]) }
`

/**
 * What was decided to be done and is not done yet. An intent is written in the same step as the decision it follows
 * from, and deleted after the call: a crash in between is seen by the next try, which looks before it repeats.
 */
export class Intents {
  readonly #redis: Redis
  readonly #keys: Keys

  constructor(redis: Redis, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** The commands that store intents, to go alongside the commit of the decision. */
  store(accountId: number, intents: readonly Omit<Intent, 'begun'>[]): IndexCommand[] {
    const key = this.#keys.of(accountId, 'intents')
    return intents.map((intent) => ({ command: 'HSET', key, args: [intent.action.key, JSON.stringify(intent)] }))
  }

  /** Marks that the call is about to be made; null when the intent is done, or never was. */
  async begin(accountId: number, actionKey: string): Promise<Intent | null> {
    const found = (await this.#redis.eval(BEGIN, 2, ...this.#both(accountId), actionKey)) as [string, string] | null
    return found && { ...(JSON.parse(found[0]) as Omit<Intent, 'begun'>), begun: Number(found[1]) }
  }

  async done(accountId: number, actionKey: string, result: string): Promise<void> {
    const [intents, begun] = this.#both(accountId)
    await this.#redis
      .multi()
      .hdel(intents, actionKey)
      .hdel(begun, actionKey)
      .set(this.#keys.of(accountId, `did:${actionKey}`), result, 'EX', KEPT_DONE_S)
      .exec()
  }

  /** Id that was made by an action, e.g. of its task; null: none, or longer ago than is remembered. */
  result(accountId: number, actionKey: string): Promise<string | null> {
    return this.#redis.get(this.#keys.of(accountId, `did:${actionKey}`))
  }

  /** Keys of what is not done yet, some at a time. */
  async open(accountId: number, limit: number): Promise<string[]> {
    const [key] = this.#both(accountId)
    if ((await this.#redis.hlen(key)) === 0) return []
    const [, fields] = await this.#redis.hscan(key, '0', 'COUNT', limit)
    return fields.filter((_, index) => index % 2 === 0)
  }

  #both(accountId: number): [string, string] {
    return [this.#keys.of(accountId, 'intents'), this.#keys.of(accountId, 'intents-begun')]
  }
}
