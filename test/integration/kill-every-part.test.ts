import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ready, type ServiceParts, serviceParts } from '../../bench/chaos/service-parts.ts'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { busyDay } from './support/busy-day.ts'
import { eventually } from './support/eventually.ts'
import { expectRightAfterBurst } from './support/expect-all-right.ts'
import { backfilled } from './support/install.ts'
import { type OwnRedis, redisBinary, startOwnRedis } from './support/own-redis.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { runOutLocks } from './support/run-out-locks.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

const RATE = 50
const TICK_MS = 60

let folder: string
let redis: OwnRedis
let trial: Trial
let parts: ServiceParts
let days = 0

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kill-parts-'))
  redis = await startOwnRedis()
  trial = await startTrial({
    redisUrl: redis.url,
    sandbox: {
      ...{ clients: 120, seed: 14, latencyMs: 20, requestsPerSecond: RATE },
      // amoCRM repeats for an hour and a half, and bears a hundred bad answers in two; here it all takes a minute.
      ...{ retrySchedule: [1_000, 12_000, 12_000, 12_000], mostInvalidAnswers: 10_000 },
    },
  })
  const { sandbox, keys, environment } = trial
  parts = serviceParts(
    {
      ...{ sandbox, folder, keyRoot: keys.root, redisUrl: redis.url, requestsPerSecond: RATE },
      encryptionKey: Buffer.from(environment.ENCRYPTION_KEY, 'base64'),
      port: Number(environment.PORT),
    },
    1,
  )
  for (const part of [parts.web, ...parts.workers]) part.start()
  await ready(Number(environment.PORT))
  await eventually(async () => (await sandbox.install()).status === 200)
  await backfilled(trial)
  await trial.settling.settled(LIMIT_MS)
})
afterEach(async () => {
  await Promise.all([parts.web, ...parts.workers].map((part) => part.kill()))
  await trial.close()
  await redis.close()
  await rm(folder, { recursive: true, force: true })
})

/** People at work until the returned function is called. */
const load = (): (() => Promise<void>) => {
  const { world, staff } = trial
  let isOver = false
  const acting = (async () => {
    while (!isOver) {
      busyDay(world, staff, { seed: ++days, count: 1 })
      await delay(TICK_MS)
    }
  })()
  return () => {
    isOver = true
    return acting
  }
}

interface Cut {
  readonly kill: () => Promise<void>
  readonly start: () => Promise<void> | void
  /** For so long people go on while the part is away, ms. */
  readonly goOnMs: number
}

/** Kills a part in the middle of the load and brings it back; answers how many hooks were taken meanwhile. */
const cutOff = async ({ kill, start, goOnMs }: Cut): Promise<number> => {
  const { sandbox, environment } = trial
  const before = sandbox.stats.hooksDelivered
  const endBefore = load()
  await eventually(() => sandbox.stats.hooksDelivered > before + 15)
  await kill()
  await delay(goOnMs)
  await endBefore()
  await start()
  await ready(Number(environment.PORT))
  const back = sandbox.stats.hooksDelivered
  const endAfter = load()
  await eventually(() => sandbox.stats.hooksDelivered > back + 15)
  await endAfter()
  return sandbox.stats.hooksDelivered - before
}

const everyHookIsTaken = () =>
  eventually(() => trial.sandbox.hooks.backlog === 0 && trial.sandbox.hooks.waitingForRetry === 0)

describe('a part that is killed under load and started again', PATIENT, () => {
  it('loses no webhook that was taken: the web part, a worker', async () => {
    const { web, workers } = parts
    expect(await cutOff({ kill: () => web.kill(), start: () => web.start(), goOnMs: 600 })).toBeGreaterThan(30)

    const [worker] = workers
    const start = async () => {
      await runOutLocks(trial)
      worker?.start()
    }
    expect(await cutOff({ kill: async () => worker?.kill(), start, goOnMs: 600 })).toBeGreaterThan(30)
    await everyHookIsTaken()
    await expectRightAfterBurst(trial)
  })

  it.runIf(redisBinary !== null)('loses no webhook that was taken: Redis with its append-only file', async () => {
    const { kill, start } = redis
    expect(await cutOff({ kill, start, goOnMs: 600 })).toBeGreaterThan(30)
    await everyHookIsTaken()
    await runOutLocks(trial)
    // The file is written through every second: the sweep of every three minutes is for the rest.
    await trial.queues.add(trial.accountId, [sweepJob()])
    await expectRightAfterBurst(trial)
  })
})
