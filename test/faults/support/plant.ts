import { randomBytes } from 'node:crypto'
import { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import { pino } from 'pino'
import { AmoError } from '../../../src/amocrm/amo-error.ts'
import type { PolicyInput } from '../../../src/segmentation/policy.ts'
import { AccountStore } from '../../../src/store/account-store.ts'
import { PolicyStore } from '../../../src/store/policy-store.ts'
import { SecretBox } from '../../../src/store/secret-box.ts'
import { DueClock } from '../../../src/sync/due-clock.ts'
import { backfillJob, type JobSpec, sweepJob } from '../../../src/sync/job-catalog.ts'
import { JobRunner } from '../../../src/sync/job-runner.ts'
import { WriteBreaker } from '../../../src/sync/write-breaker.ts'
import { STRUCTURE, type TestAccount, testAccount, testRecord } from '../../support/test-context.ts'
import { Death, Mortal } from './mortal.ts'
import { RememberedQueue } from './remembered-queue.ts'
import { STEPS } from './steps.ts'
import { WatchedContexts } from './watched-contexts.ts'

/** One account with its queue, on which one process after the other works. */
export interface Plant extends TestAccount {
  readonly queue: RememberedQueue
  add(...jobs: readonly JobSpec[]): Promise<void>
  /** Works until the queue is empty, or it dies. */
  work(process: Mortal): Promise<'done' | 'dead'>
  /** Does what waits and what the due clock brings; with `sweep` also what a sweep finds. */
  settle(options: { readonly sweep: boolean }): Promise<void>
  /** As if the longest claim of a dead process had run out. */
  outwait(): Promise<void>
}

/** Longer than any claim of one process keeps others from the same, s. */
const CLAIMS_LAST_S = 700

class RehearsedJob extends Job {
  override async updateProgress(): Promise<void> {}
}

export async function startPlant(redis: Redis, root: string, policy: PolicyInput): Promise<Plant> {
  const account = testAccount(redis, root)
  const { keys, context, clock } = account
  const log = pino({ level: 'silent' })
  const accounts = new AccountStore(redis, keys, new SecretBox([randomBytes(32)]))
  const policies = new PolicyStore(redis, keys)
  await accounts.writeStructure(context.id, STRUCTURE)
  await accounts.write(testRecord(context.id))
  await policies.save(context.id, 0, policy, 'test')
  const queue = new RememberedQueue(redis, keys, log)

  /** Everything a process has in memory is made anew for it. */
  const open = (process: Mortal) => {
    const { mirror, journal } = context
    const parts = { redis, keys, accounts, policies, mirror, journal, log, clock: () => clock.now }
    const contexts = new WatchedContexts({ ...parts, apiOf: () => ({ api: account.api, keepFields: {} }) }, process)
    const queues = process.watched(queue, 'queue', STEPS.queue)
    const breaker = new WriteBreaker(redis, keys)
    const sendWebhook = async () => 'webhook 200'
    const runner = new JobRunner({ contexts, accounts, queues, breaker, sendWebhook, publicUrl: null })
    return { contexts, queues, runner }
  }
  const runAll = async (process: Mortal): Promise<void> => {
    const { contexts, queues, runner } = open(process)
    for (let job = queue.take(); job; job = queue.take()) {
      contexts.drop(context.id)
      const built = await contexts.get(context.id)
      if (!built) throw new Error('the account is not installed')
      const taken = new RehearsedJob(queue.of(context.id), job.name, job.data, job.opts)
      try {
        await runner.run(built, job.data, taken, new AbortController().signal)
        await queues.end()
      } catch (error) {
        if (!(error instanceof AmoError)) throw error
        queue.giveBack()
      }
    }
  }
  const work = async (process: Mortal): Promise<'done' | 'dead'> => {
    try {
      await process.live(runAll(process))
      return 'done'
    } catch (error) {
      if (error instanceof Death) return 'dead'
      throw error
    }
  }
  const settle = async ({ sweep }: { sweep: boolean }): Promise<void> => {
    if (sweep) await queue.add(context.id, [sweepJob()])
    await work(new Mortal())
    const due = new DueClock({
      ...{ mirror: context.mirror, intents: context.intents, queues: queue, log },
      accountIds: () => [context.id],
      clock: () => clock.now,
    })
    await due.tick()
    await due.close()
    await work(new Mortal())
  }
  const outwait = async (): Promise<void> => {
    account.forward(CLAIMS_LAST_S)
    for (const name of ['acting:*', 'notes:making-card:*']) {
      const held = await redis.keys(keys.of(context.id, name))
      if (held.length > 0) await redis.del(...held)
    }
  }
  return { ...account, queue, add: (...jobs) => queue.add(context.id, jobs), work, settle, outwait }
}

/** The first look at the whole base, without any trouble. */
export async function backfilled(plant: Plant): Promise<void> {
  await plant.add(backfillJob('install'))
  await plant.settle({ sweep: true })
}
