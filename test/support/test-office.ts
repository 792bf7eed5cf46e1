import { randomBytes } from 'node:crypto'
import { QueueEvents } from 'bullmq'
import type { Redis } from 'ioredis'
import { type Logger, pino } from 'pino'
import { AccountStore } from '../../src/store/account-store.ts'
import { PolicyStore } from '../../src/store/policy-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { AccountContexts } from '../../src/sync/account-contexts.ts'
import { AccountQueues } from '../../src/sync/account-queues.ts'
import { AccountWorker } from '../../src/sync/account-worker.ts'
import type { SyncEvents } from '../../src/sync/sync-events.ts'
import { WriteBreaker } from '../../src/sync/write-breaker.ts'
import { STRUCTURE, type TestAccount, testAccount, testRecord } from './test-context.ts'

/** An installed account with its real queue, ready for workers. */
export interface TestOffice extends TestAccount {
  readonly accounts: AccountStore
  readonly policies: PolicyStore
  readonly contexts: AccountContexts
  readonly queues: AccountQueues
  openWorker(): AccountWorker
  /** Ends when the queue holds no job, whatever its state, except those that failed for good. */
  idle(): Promise<void>
  /** Ends at the first event of this name from now on; answers its job's id. */
  event(name: 'completed' | 'failed' | 'waiting' | 'delayed'): Promise<string>
  close(): Promise<void>
}

export const PUBLIC_URL = 'https://segments.example'

const UNDONE = ['active', 'waiting', 'delayed', 'prioritized', 'waiting-children'] as const

/** Who listens to what happens in the office. */
export interface Listening {
  readonly log?: Logger
  readonly events?: SyncEvents
}

export async function testOffice(redis: Redis, root: string, listening: Listening = {}): Promise<TestOffice> {
  const account = testAccount(redis, root)
  const { keys, api, context } = account
  const { log = pino({ level: 'silent' }), events: syncEvents } = listening
  const accounts = new AccountStore(redis, keys, new SecretBox([randomBytes(32)]))
  const policies = new PolicyStore(redis, keys)
  await accounts.writeStructure(context.id, STRUCTURE)
  await accounts.write(testRecord(context.id))
  const { mirror, journal, clock } = context
  const opened = { api, keepFields: {} }
  const contexts = new AccountContexts({
    ...{ redis, keys, accounts, policies, mirror, journal, log, clock, events: syncEvents },
    apiOf: () => opened,
  })
  const queues = new AccountQueues(redis, keys, log)
  const queue = queues.of(context.id)
  const events = new QueueEvents(keys.queueOf(context.id), { connection: redis.duplicate(), prefix: keys.jobs })
  await events.waitUntilReady()
  const workers: AccountWorker[] = []
  const ended = () =>
    new Promise<void>((resolve) => {
      events.once('completed', () => resolve())
      events.once('failed', () => resolve())
    })
  return {
    ...account,
    accounts,
    policies,
    contexts,
    queues,
    openWorker: () => {
      const breaker = new WriteBreaker(redis, keys)
      const sendWebhook = async () => 'webhook 200'
      const worker = new AccountWorker(context.id, {
        ...{ connection: redis, keys, contexts, accounts, queues, breaker, sendWebhook, publicUrl: PUBLIC_URL, log },
        events: syncEvents,
      })
      workers.push(worker)
      return worker
    },
    idle: async () => {
      for (;;) {
        const next = ended()
        const counts = await queue.getJobCounts(...UNDONE)
        if (Object.values(counts).every((count) => count === 0)) return
        await next
      }
    },
    event: (name) => new Promise((resolve) => events.once(name, ({ jobId }: { jobId: string }) => resolve(jobId))),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()))
      await events.close()
      await queues.close()
    },
  }
}
