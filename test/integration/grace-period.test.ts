import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { buildApp } from '../../src/app.ts'
import { parseConfig } from '../../src/config.ts'
import { createLogger } from '../../src/logger.ts'
import { callApi, OPERATOR_TOKEN } from './support/call-api.ts'
import { eventually } from './support/eventually.ts'
import { install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

const DAY = 86_400_000

let trial: Trial
/** How far the clocks of the service and of amoCRM are ahead, ms. */
let ahead: number
let other: number
const clock = () => Date.now() + ahead

beforeEach(async () => {
  ahead = 0
  trial = await startTrial({
    sandbox: { seed: 8, accounts: [{ clients: 25 }, { clients: 10 }], now: clock },
    app: { clock },
    environment: { ADMIN_TOKEN: OPERATOR_TOKEN, REMOVED_ACCOUNT_DAYS: '20' },
  })
  other = [...trial.sandbox.worlds.keys()].find((id) => id !== trial.accountId) ?? 0
  await install(trial)
  expect((await trial.sandbox.install({ accountId: other })).status).toBe(200)
  await eventually(async () => (await trial.accounts.read(other))?.hooks === 'subscribed')
  await trial.settling.settled(LIMIT_MS)
})
afterEach(() => trial.close())

const keysOf = (id: number) => trial.redis.keys(`${trial.keys.root}:*{${id}}:*`)
const record = () => trial.accounts.read(trial.accountId)
const switchOff = () => trial.sandbox.disconnect({ address: `${trial.url}/oauth/disconnect` })
const refreshes = () => trial.sandbox.stats.count({ path: '/oauth2/access_token' })
/** Whose the webhook secrets are. */
const secrets = () => trial.redis.hvals(trial.keys.hookSecrets)

/** Further processes of the service, beside the one that runs: each looks after the accounts as soon as it starts. */
const startWorkers = async (count: number) => {
  const options = { part: 'worker', keyRoot: trial.keys.root, logger: createLogger('silent'), clock } as const
  const workers = await Promise.all(
    Array.from({ length: count }, () => buildApp(parseConfig(trial.environment), options)),
  )
  await Promise.all(workers.map((worker) => worker.start()))
  return workers
}

/** Lets time pass, and then every account be looked at once. */
const passDays = async (days: number, processes = 1): Promise<void> => {
  ahead += days * DAY
  const workers = await startWorkers(processes)
  await Promise.all(workers.map((worker) => worker.close()))
}

describe('the data of a removed account', PATIENT, () => {
  it('is there until its grace period is over, then gone to the last key; other accounts do not notice', async () => {
    expect((await switchOff()).status).toBe(204)
    const { removal } = (await record()) ?? {}
    expect(Math.round(((removal?.eraseAt ?? 0) - clock()) / DAY)).toBe(20)
    await passDays(19)
    expect((await record())?.removal).toEqual(removal)
    expect((await keysOf(trial.accountId)).length).toBeGreaterThan(25)
    const standing = (await keysOf(other)).length

    await passDays(1.1)
    expect(await trial.accounts.ids()).toEqual([other])
    // What was on its way while the first pass ran is found by the next ones.
    await eventually(async () => {
      await passDays(0)
      return (await trial.redis.scard(trial.keys.erasing)) === 0
    })
    expect(await keysOf(trial.accountId)).toEqual([])
    expect(await secrets()).toEqual([String(other)])
    expect((await keysOf(other)).length).toBeGreaterThanOrEqual(standing - 10)
    const { status } = await callApi(trial, 'GET', `/accounts/${trial.accountId}`)
    expect(status).toBe(404)
    const all = await callApi(trial, 'GET', '/accounts')
    expect(all.json.accounts).toMatchObject([{ id: other, status: 'active' }])

    expect((await trial.sandbox.install()).status).toBe(200)
    await eventually(async () => (await record())?.status === 'active')
    expect((await trial.policies.current(trial.accountId))?.version).toBe(1)
  })

  it('stays when it is installed again in time', async () => {
    await switchOff()
    await passDays(19)
    expect((await trial.sandbox.install()).status).toBe(200)
    await eventually(async () => (await record())?.status === 'active')
    await passDays(5)
    expect(await trial.accounts.ids()).toContain(trial.accountId)
    expect(await record()).toMatchObject({ status: 'active' })
  })

  it('loses its tokens soon after a removal by hand, which keeps them until its clean-up is over', async () => {
    const { status } = await callApi(trial, 'DELETE', `/accounts/${trial.accountId}`)
    expect(status).toBe(202)
    expect(await trial.vault.readTokens(trial.accountId)).not.toBeNull()
    await passDays(0.01)
    expect((await record())?.removal?.tokens).toBe('dropped')
    expect(await trial.vault.readTokens(trial.accountId)).toBeNull()
  })
})

describe('the tokens of an account whose work rests', PATIENT, () => {
  it('are kept alive, once for all processes', async () => {
    await callApi(trial, 'POST', `/accounts/${trial.accountId}/pause`)
    await trial.settling.settled(LIMIT_MS)
    const before = await trial.vault.readTokens(trial.accountId)
    await callApi(trial, 'POST', `/accounts/${other}/pause`)
    await trial.stop()
    const counted = refreshes()
    await passDays(7)
    expect(refreshes()).toBe(counted)
    await passDays(73, 3)
    const after = await trial.vault.readTokens(trial.accountId)
    expect(after?.accessToken).not.toBe(before?.accessToken)
    expect(after?.expiresAt).toBeGreaterThan(clock())
    // One for each of the two accounts.
    expect(refreshes() - counted).toBe(2)
  })

  it('of an account that let nobody in for the whole grace period are given up: it counts as removed', async () => {
    const pair = await trial.vault.readTokens(trial.accountId)
    for (const token of [pair?.accessToken, pair?.refreshToken]) trial.sandbox.revokeToken(token ?? '')
    trial.staff.createContact({ name: 'Клиент', phone: '+79990000000' })
    await eventually(async () => (await record())?.problem?.code === 'unauthorized')
    await passDays(21)
    expect((await record())?.status).toBe('disconnected')
    expect((await record())?.removal).toMatchObject({ by: 'access_lost' })
  })
})
