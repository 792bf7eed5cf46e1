import { randomUUID } from 'node:crypto'
import type { PlannedAction } from '../segmentation/plan-actions.ts'
import type { ClientRef } from '../segmentation/verdict.ts'
import { clientKey } from './client-key.ts'
import type { IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

/** Something to be done once in amoCRM that can't be repeated harmlessly. */
export interface Intent {
  readonly client: ClientRef
  readonly action: PlannedAction
  /** Run it belongs to, as in the journal. */
  readonly run: string
  /** Seconds: when it was intended. */
  readonly at: number
  /** How often the call was begun: after the first, it may have been made already. */
  readonly begun: number
}

/** An intent in the hands of one worker. */
export interface Begun {
  readonly type: 'begun'
  readonly intent: Intent
  /** Says that the work goes on: without it others take over after `HELD_MS`. */
  keep(): Promise<void>
  /** Done for good, whatever the result; `alongside` happens in the same step. */
  done(alongside: readonly IndexCommand[]): Promise<void>
  /** Not done; `uncalled`: amoCRM certainly did nothing, so that the next try is the first again. */
  release(uncalled: boolean): Promise<void>
}

export type Beginning =
  | Begun
  /** Another worker has it. */
  | { readonly type: 'busy' }
  /** It was done, or was never intended. */
  | { readonly type: 'none' }

/** A task that was made for a client and an action, to be found again while it is open. */
export interface MadeTask {
  readonly id: number
  readonly entityType: 'leads' | 'contacts' | 'companies'
  readonly entityId: number
}

/** For so long a worker that says nothing more keeps an intent, ms. */
export const HELD_MS = 30_000

/** KEYS: intents, how often begun, holder. ARGV: action key, name of the holder, ms. */
const BEGIN = `
local text = redis.call('HGET', KEYS[1], ARGV[1])
if not text then return 'none' end
if not redis.call('SET', KEYS[3], ARGV[2], 'NX', 'PX', ARGV[3]) then return 'busy' end
return { text, redis.call('HINCRBY', KEYS[2], ARGV[1], 1) }
`

const KEEP = `if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end`

/** KEYS: holder, how often begun. ARGV: name of the holder, action key, what to add to the count. */
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
redis.call('DEL', KEYS[1])
redis.call('HINCRBY', KEYS[2], ARGV[2], ARGV[3])
`

/**
 * What was decided to be done and is not done yet. An intent is written in the same step as the decision it follows
 * from, and deleted after the call: a crash in between is seen by the next try, which looks before it repeats.
 */
export class Intents {
  readonly #redis: RedisClient
  readonly #keys: Keys
  readonly #cursors = new Map<number, string>()

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  /** The commands that store intents, to go alongside the commit of the decision. */
  store(accountId: number, intents: readonly Omit<Intent, 'begun'>[]): IndexCommand[] {
    const key = this.#keys.of(accountId, 'intents')
    return intents.map((intent) => ({ command: 'HSET', key, args: [intent.action.key, JSON.stringify(intent)] }))
  }

  /** Takes an intent, for one worker at a time: the call is about to be made. */
  async begin(accountId: number, actionKey: string): Promise<Beginning> {
    const [intents, counts] = this.#both(accountId)
    const holder = this.#keys.of(accountId, `acting:${actionKey}`)
    const name = randomUUID()
    const found = await this.#redis.eval(BEGIN, 3, intents, counts, holder, actionKey, name, HELD_MS)
    if (found === 'none' || found === 'busy') return { type: found }
    const [text, begun] = found as [string, number]
    return {
      type: 'begun',
      intent: { ...(JSON.parse(text) as Omit<Intent, 'begun'>), begun },
      keep: async () => void (await this.#redis.eval(KEEP, 1, holder, name, HELD_MS)),
      done: async (alongside) => {
        const step = this.#redis.multi().hdel(intents, actionKey).hdel(counts, actionKey).del(holder)
        for (const { command, key, args } of alongside) step.call(command, key, ...args)
        await step.exec()
      },
      release: async (uncalled) =>
        void (await this.#redis.eval(RELEASE, 2, holder, counts, name, actionKey, uncalled ? -1 : 0)),
    }
  }

  /** Ends an intent that is not to be tried any more. */
  async giveUp(accountId: number, actionKey: string): Promise<void> {
    const [intents, counts] = this.#both(accountId)
    await this.#redis.multi().hdel(intents, actionKey).hdel(counts, actionKey).exec()
  }

  /** The command that remembers the task made for a client and a reason. */
  rememberTask(accountId: number, client: ClientRef, reason: string, task: MadeTask): IndexCommand {
    const args = [taskField(client, reason), JSON.stringify(task)]
    return { command: 'HSET', key: this.#keys.of(accountId, 'tasks'), args }
  }

  /** The task last made for a client and a reason; it may be completed by now. */
  async lastTask(accountId: number, client: ClientRef, reason: string): Promise<MadeTask | null> {
    const text = await this.#redis.hget(this.#keys.of(accountId, 'tasks'), taskField(client, reason))
    return text === null ? null : (JSON.parse(text) as MadeTask)
  }

  /** Keys of what is not done yet, some at a time; the next call goes on where this one ended. */
  async open(accountId: number, limit: number): Promise<string[]> {
    const [key] = this.#both(accountId)
    const [next, fields] = await this.#redis.hscan(key, this.#cursors.get(accountId) ?? '0', 'COUNT', limit)
    this.#cursors.set(accountId, next)
    return fields.filter((_, index) => index % 2 === 0)
  }

  #both(accountId: number): [string, string] {
    return [this.#keys.of(accountId, 'intents'), this.#keys.of(accountId, 'intents-begun')]
  }
}

function taskField(client: ClientRef, reason: string): string {
  return `${clientKey(client)}|${reason}`
}
