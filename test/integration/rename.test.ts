import { afterEach, describe, expect, it } from 'vitest'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { busyDay } from './support/busy-day.ts'
import { eventually } from './support/eventually.ts'
import { expectRightAfterBurst } from './support/expect-all-right.ts'
import { install } from './support/install.ts'
import { PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
afterEach(() => trial.close())

const hostOf = async (id = trial.accountId) => (await trial.accounts.read(id))?.host

const begin = async (): Promise<void> => {
  trial = await startTrial({
    sandbox: {
      seed: 8,
      accounts: [
        { subdomain: 'first', clients: 40 },
        { subdomain: 'second', clients: 10 },
      ],
    },
  })
  await install(trial)
  expect(await hostOf()).toBe('first.amocrm.ru')
}

describe('an account that is renamed', PATIENT, () => {
  it.each(['redirect', 'gone', 'taken'] as const)(
    'is found again when its old address is by now: %s',
    async (oldHost) => {
      await begin()
      const { sandbox, world, staff } = trial
      sandbox.rename({ subdomain: 'renamed', oldHost })
      busyDay(world, staff, { seed: 9, count: 20 })
      await expectRightAfterBurst(trial)
      expect(await trial.accounts.read(trial.accountId)).toMatchObject({
        ...{ status: 'active', host: 'renamed.amocrm.ru', subdomain: 'renamed' },
      })
      expect([...world.subscriptions.values()].map(({ disabled }) => disabled)).toEqual([false])
      expect(sandbox.stats.count({ path: '/oauth2/account/current/subdomain' })).toBe(1)
    },
  )

  it('and served at its old address as before is met at the new one from the next sweep on', async () => {
    await begin()
    trial.sandbox.rename({ subdomain: 'renamed' })
    await trial.queues.add(trial.accountId, [sweepJob()])
    await eventually(async () => (await hostOf()) === 'renamed.amocrm.ru')
  })

  it('keeps what is its own when another account takes its old address and installs there', async () => {
    await begin()
    const { sandbox, world, staff, accountId } = trial
    const second = [...sandbox.worlds.keys()].find((id) => id !== accountId) ?? 0
    const tokens = await trial.vault.readTokens(accountId)
    sandbox.rename({ subdomain: 'renamed', oldHost: 'taken' })
    sandbox.rename({ accountId: second, subdomain: 'first' })
    expect((await sandbox.install({ accountId: second })).status).toBe(200)
    await eventually(async () => (await hostOf(second)) === 'first.amocrm.ru')
    expect(await trial.vault.readTokens(accountId)).toEqual(tokens)
    expect((await trial.vault.readTokens(second))?.accessToken).not.toBe(tokens?.accessToken)
    busyDay(world, staff, { seed: 10, count: 20 })
    await expectRightAfterBurst(trial)
    expect(await hostOf()).toBe('renamed.amocrm.ru')
    expect((await trial.accounts.list()).map(({ id }) => id)).toEqual([accountId, second])
  })

  it('is not taken for the host that an installation names: what the tokens say counts', async () => {
    await begin()
    const { sandbox, accountId, url } = trial
    const second = [...sandbox.worlds.keys()].find((id) => id !== accountId) ?? 0
    const { clientId } = sandbox.integration
    // Somebody brings the code of his own account under the name of another one.
    const consent = await fetch(`${sandbox.url}/oauth?client_id=${clientId}&account_id=${second}`, {
      redirect: 'manual',
    })
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? ''
    const query = new URLSearchParams({
      ...{ code, referer: 'first.amocrm.ru', client_id: clientId, from_widget: '1' },
    })
    const stood = await trial.accounts.read(accountId)
    expect((await fetch(`${url}/oauth/callback?${query}`)).status).toBe(200)
    await eventually(async () => (await hostOf(second)) === 'second.amocrm.ru')
    expect(await trial.accounts.read(accountId)).toEqual(stood)
  })
})
