import { afterEach, describe, expect, it } from 'vitest'
import { checkFinalState } from '../../sandbox/demo/check-final-state.ts'
import { Random } from '../../sandbox/generate/random.ts'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { busyDay } from './support/busy-day.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight, expectRightAfterBurst } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
afterEach(() => trial.close())

const installed = async (): Promise<void> => {
  await install(trial)
  await expectAllRight(trial)
}

describe('webhooks', PATIENT, () => {
  it.each([1, 2])('may come twice, late and in any order (seed %i)', async (seed) => {
    trial = await startTrial({ sandbox: { clients: 150, seed } })
    await installed()
    const random = new Random(seed)
    trial.sandbox.faults.onHook = () =>
      random.chance(0.3) ? 'double' : random.chance(0.5) ? { delayMs: random.int(1, 400) } : 'deliver'
    busyDay(trial.world, trial.staff, { seed, count: 250 })
    await eventually(() => trial.sandbox.hooks.waitingForRetry === 0)
    await expectRightAfterBurst(trial)
  })

  it('may all be lost: the sweep repairs what they would have told', async () => {
    trial = await startTrial({ sandbox: { clients: 150, seed: 5 } })
    await installed()
    trial.sandbox.faults.onHook = () => 'drop'
    busyDay(trial.world, trial.staff, { seed: 7, count: 120 })
    expect((await checkFinalState(trial)).differences).not.toEqual([])
    await trial.queues.add(trial.accountId, [sweepJob()])
    await expectRightAfterBurst(trial)
  })

  it('need not tell of links where amoCRM sends none for them', async () => {
    trial = await startTrial({ sandbox: { clients: 60, seed: 8, doubts: { linkHooks: false } } })
    await installed()
    busyDay(trial.world, trial.staff, { seed: 9, count: 100 })
    expect(await trial.settling.settled(LIMIT_MS)).toBe(true)
    await trial.queues.add(trial.accountId, [sweepJob()])
    await expectRightAfterBurst(trial)
  })
})
