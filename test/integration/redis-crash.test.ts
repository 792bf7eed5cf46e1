import { afterEach, describe, expect, it } from 'vitest'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { busyDay } from './support/busy-day.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight, expectRightAfterBurst } from './support/expect-all-right.ts'
import { backfilled, install } from './support/install.ts'
import { type OwnRedis, redisBinary, startOwnRedis } from './support/own-redis.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let redis: OwnRedis
let trial: Trial
afterEach(async () => {
  await trial.close()
  await redis.close()
})

const crashed = async (): Promise<void> => {
  redis = await startOwnRedis()
  trial = await startTrial({ redisUrl: redis.url, sandbox: { clients: 80, seed: 9, retrySchedule: [400, 400, 400] } })
  await install(trial)
  await expectAllRight(trial)
  busyDay(trial.world, trial.staff, { seed: 21, count: 30 })
  await eventually(() => trial.sandbox.stats.hooksDelivered > 20)
  await redis.kill()
  busyDay(trial.world, trial.staff, { seed: 22, count: 30 })
  // The service says of each hook that it could not take it, so amoCRM sends it again.
  await eventually(() => trial.sandbox.stats.hooksFailed > 0)
  await redis.start()
  await eventually(async () => (await fetch(`${trial.url}/health/ready`)).status === 200)
}

const goesOn = async (): Promise<void> => {
  await crashed()
  await eventually(() => trial.sandbox.hooks.waitingForRetry === 0)
  expect(await trial.accounts.ids()).toEqual([trial.accountId])
  // Up to a second of what was taken is lost with the crash: that is what the sweep is for.
  await trial.queues.add(trial.accountId, [sweepJob()])
  await expectRightAfterBurst(trial)
}

const beginsAnew = async (): Promise<void> => {
  await crashed()
  expect(await trial.accounts.ids()).toEqual([])
  expect((await trial.sandbox.install()).status).toBe(200)
  await backfilled(trial)
  await expectRightAfterBurst(trial)
}

describe('a Redis that crashes in the middle of a day', PATIENT, () => {
  if (redisBinary !== null) it('and comes back with its append-only file: the work goes on', goesOn)
  else it('and, kept in memory only, comes back empty: installed again, everything is right', beginsAnew)
})
