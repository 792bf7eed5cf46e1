import { afterEach, describe, expect, it } from 'vitest'
import { busyDay } from './support/busy-day.ts'
import { expectAllRight, expectRightAfterBurst } from './support/expect-all-right.ts'
import { backfilled, install } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
afterEach(() => trial.close())

const refreshes = (): number => trial.sandbox.stats.count({ path: '/oauth2/access_token' })
const storedTokens = async () => {
  const pair = await trial.vault.readTokens(trial.accountId)
  if (pair === null) throw new Error('no tokens are stored')
  return pair
}

describe('access', PATIENT, () => {
  it('by a long-lived token needs no installation and no OAuth', async () => {
    trial = await startTrial({ access: 'long-lived', sandbox: { clients: 60 } })
    await trial.start()
    await backfilled(trial)
    await expectAllRight(trial)
    busyDay(trial.world, trial.staff, { seed: 2, count: 20 })
    await expectRightAfterBurst(trial)
    expect(refreshes()).toBe(0)
    expect(await storedTokens()).toMatchObject({ refreshToken: null })
  })

  it('with an expired token is refreshed once, however many calls meet it, and the new pair is stored', async () => {
    trial = await startTrial({ sandbox: { clients: 60 } })
    await install(trial)
    await expectAllRight(trial)
    const [before, counted] = [await storedTokens(), refreshes()]
    trial.sandbox.revokeToken(before.accessToken)
    busyDay(trial.world, trial.staff, { seed: 3, count: 60 })
    await expectRightAfterBurst(trial)
    expect(refreshes()).toBe(counted + 1)
    expect(trial.sandbox.stats.count({ status: 401 })).toBeGreaterThan(0)
    const after = await storedTokens()
    expect(after.accessToken).not.toBe(before.accessToken)
    expect(after.refreshToken).not.toBe(before.refreshToken)

    // The old refresh token is used up: whoever starts anew lives by the stored one.
    trial.sandbox.revokeToken(after.accessToken)
    await trial.restart()
    busyDay(trial.world, trial.staff, { seed: 4, count: 20 })
    await expectRightAfterBurst(trial)
    expect(refreshes()).toBe(counted + 2)
    expect((await trial.accounts.read(trial.accountId))?.status).toBe('active')
  })
})
