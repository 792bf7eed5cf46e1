import { Redis } from 'ioredis'
import type { Sandbox } from '../../sandbox/create-sandbox.ts'
import { HandRecords } from '../../sandbox/demo/hand-records.ts'
import { Settling } from '../../sandbox/demo/settling.ts'
import { WorldJudge } from '../../sandbox/demo/world-judge.ts'
import type { AccountWorld } from '../../sandbox/world/create-worlds.ts'
import type { ClosingStack } from '../../src/closing-stack.ts'
import { createLogger } from '../../src/logger.ts'
import { AccountNotes } from '../../src/store/account-notes.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { PolicyStore } from '../../src/store/policy-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { TokenVault } from '../../src/store/token-vault.ts'
import { AccountQueues } from '../../src/sync/account-queues.ts'

/** One account and the service over it, as seen from outside: by the account's own data and by what stands in Redis. */
export interface Observer {
  readonly sandbox: Sandbox
  readonly world: AccountWorld
  readonly accountId: number
  readonly records: HandRecords
  readonly judge: WorldJudge
  readonly settling: Settling
  readonly queues: AccountQueues
  readonly notes: AccountNotes
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly vault: TokenVault
}

export interface ObserverOptions {
  readonly sandbox: Sandbox
  readonly redisUrl: string
  readonly keyRoot: string
  readonly encryptionKey: Buffer
}

export function openObserver(options: ObserverOptions, closing: ClosingStack): Observer {
  const { sandbox } = options
  const { world } = sandbox
  const accountId = world.account.id
  const keys = new Keys(options.keyRoot)
  const redis = new Redis(options.redisUrl, { maxRetriesPerRequest: null })
  // It is killed on purpose.
  redis.on('error', () => undefined)
  closing.push('observer’s Redis connection', () => redis.disconnect())
  const records = new HandRecords(world)
  const box = new SecretBox([options.encryptionKey])
  const queues = new AccountQueues(redis, keys, createLogger('silent'))
  closing.push('observer’s queues', () => queues.close())
  const settling = new Settling({ sandbox, redis, keys, accountId })
  closing.push('observer’s queue', () => settling.close())
  return {
    ...{ sandbox, world, accountId, records, queues, settling },
    judge: new WorldJudge(world, records),
    notes: new AccountNotes(redis, keys, accountId),
    accounts: new AccountStore(redis, keys, box),
    policies: new PolicyStore(redis, keys),
    vault: new TokenVault(redis, keys, box),
  }
}
