import { afterEach, describe, expect, it } from 'vitest'
import { Random } from '../../sandbox/generate/random.ts'
import { busyDay } from './support/busy-day.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight, expectRightAfterBurst } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
afterEach(() => trial.close())

const installed = async (clients: number): Promise<void> => {
  trial = await startTrial({ sandbox: { clients, seed: 6 } })
  await install(trial)
  await expectAllRight(trial)
}
const account = () => trial.accounts.read(trial.accountId)

/** Lets the rests that were ordered be over, as if their time had passed. */
const endRest = async (): Promise<void> => {
  await trial.redis.hdel(trial.keys.of(trial.accountId, 'slots:state'), 'closedUntil')
  await trial.queues.of(trial.accountId).removeRateLimitKey()
}

describe('a trouble of amoCRM', PATIENT, () => {
  it('429: slows down and loses nothing', async () => {
    await installed(80)
    const random = new Random(1)
    let refused = 0
    trial.sandbox.faults.onRequest = () => {
      if (refused === 5 || random.chance(0.7)) return undefined
      refused += 1
      return { status: 429 }
    }
    busyDay(trial.world, trial.staff, { seed: 11, count: 60 })
    await expectRightAfterBurst(trial)
    expect(refused).toBe(5)
    expect((await account())?.status).toBe('active')
  })

  it('gateway errors, cut lines and lost answers: tried again by itself', async () => {
    await installed(80)
    const random = new Random(2)
    const faults = [{ status: 502 }, { html: 502 }, { status: 504 }, { reset: true }, { loseAnswer: true }] as const
    let hurt = 0
    trial.sandbox.faults.onRequest = () => {
      if (hurt >= 12 || random.chance(0.4)) return undefined
      hurt += 1
      return random.pick(faults)
    }
    busyDay(trial.world, trial.staff, { seed: 12, count: 60 })
    await expectRightAfterBurst(trial)
    expect(hurt).toBe(12)
  })

  it('down for a while: everything that happened meanwhile is done when it is back', async () => {
    await installed(40)
    let asked = 0
    trial.sandbox.faults.onRequest = () => {
      asked += 1
      return { html: 503 }
    }
    busyDay(trial.world, trial.staff, { seed: 13, count: 30 })
    await eventually(() => asked >= 6)
    trial.sandbox.faults.onRequest = () => undefined
    await expectRightAfterBurst(trial)
  })

  it('the API blocked with a 403 page: the account rests, says why, and goes on by itself', async () => {
    await installed(40)
    trial.sandbox.block()
    busyDay(trial.world, trial.staff, { seed: 14, count: 30 })
    await eventually(async () => (await account())?.status === 'paused')
    expect((await account())?.problem).toMatchObject({ code: 'blocked' })
    // Those that were under way together; nobody knocks at a closed door after them.
    expect(trial.sandbox.stats.count({ status: 403 })).toBeLessThanOrEqual(16)

    trial.sandbox.unblock()
    await endRest()
    await expectRightAfterBurst(trial)
    expect(await account()).toMatchObject({ status: 'active', problem: null })
  })
})
