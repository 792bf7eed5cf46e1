import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { chaosPolicy } from '../../bench/chaos/chaos-policy.ts'
import { claimsOf } from '../../src/amocrm/claims-of.ts'
import { readBackfill } from '../../src/sync/backfill-state.ts'
import { busyDay } from './support/busy-day.ts'
import { Browser } from './support/by-button.ts'
import { callApi, OPERATOR_TOKEN } from './support/call-api.ts'
import { eventually } from './support/eventually.ts'
import { expectAllRight, expectRightAfterBurst } from './support/expect-all-right.ts'
import { backfilled, install } from './support/install.ts'
import { LIMIT_MS, PATIENT } from './support/patient.ts'
import { startTrial, type Trial } from './support/start-trial.ts'

let trial: Trial
/** What stood on the cards before the installation. */
let foreignTags: readonly number[]
const tagsOnCards = () => trial.world.contacts.all.flatMap(({ tagIds }) => tagIds).toSorted((a, b) => a - b)

beforeEach(async () => {
  trial = await startTrial({ sandbox: { clients: 40, seed: 7 }, environment: { ADMIN_TOKEN: OPERATOR_TOKEN } })
  foreignTags = tagsOnCards()
})
afterEach(() => trial.close())

const account = () => trial.accounts.read(trial.accountId)
const isActive = async () => (await account())?.status === 'active'
const exchanges = () => trial.sandbox.stats.count({ path: '/oauth2/access_token' })
const switchOff = () => trial.sandbox.disconnect({ address: `${trial.url}/oauth/disconnect` })
const again = async (options: { userId?: number } = {}): Promise<void> => {
  const before = (await readBackfill(trial.notes))?.run
  expect((await trial.sandbox.install(options)).status).toBe(200)
  await eventually(async () => {
    const now = await readBackfill(trial.notes)
    return now?.run !== before && now?.phase === 'done'
  })
}

describe('an installation by the button', PATIENT, () => {
  it('connects the account; neither its address nor its code work again, in any browser', async () => {
    await trial.start()
    const browser = new Browser(trial)
    const address = await browser.agree(trial.accountId)
    expect(new URL(address).searchParams.has('state')).toBe(true)

    // Whoever sees the address on its way cannot use it, and does not spoil it either.
    expect((await new Browser(trial).open(address)).status).toBe(403)
    expect(await trial.accounts.ids()).toEqual([])
    expect((await browser.open(address)).status).toBe(200)
    await backfilled(trial)
    await expectAllRight(trial)

    const [stood, asked] = [await account(), exchanges()]
    expect((await browser.open(address)).status).toBe(403)
    const bare = new URL(address)
    bare.searchParams.delete('state')
    expect((await fetch(bare)).status).toBe(409)
    bare.searchParams.set('code', 'guessed')
    expect((await fetch(bare)).status).toBe(200)
    await eventually(() => exchanges() > asked)
    await trial.settling.settled(LIMIT_MS)
    expect(await account()).toEqual(stood)
    expect(await trial.accounts.ids()).toEqual([trial.accountId])
  })
})

describe('an account that is installed', PATIENT, () => {
  beforeEach(() => install(trial))

  it('by another admin lives by the tokens of that one', async () => {
    const newcomer = trial.world.users.find(({ id }) => id !== trial.world.admin.id)
    const before = await trial.vault.readTokens(trial.accountId)
    await again({ userId: newcomer?.id ?? 0 })
    const after = await trial.vault.readTokens(trial.accountId)
    expect(claimsOf(after?.accessToken ?? '')?.sub).toBe(String(newcomer?.id))
    trial.sandbox.revokeToken(before?.accessToken ?? '')
    trial.sandbox.stats.clear()
    busyDay(trial.world, trial.staff, { seed: 5, count: 20 })
    await expectRightAfterBurst(trial)
    expect(trial.sandbox.stats.count({ status: 401 })).toBe(0)
  })

  it('and switched off rests without tokens until it is installed again, and goes on by its policy', async () => {
    const current = await trial.policies.current(trial.accountId)
    const policy = chaosPolicy(trial.world)
    await trial.policies.save(trial.accountId, current?.version ?? 0, policy, 'somebody')
    await trial.accounts.announce(trial.accountId)
    await trial.settling.settled(LIMIT_MS)

    expect((await switchOff()).status).toBe(204)
    expect(await trial.vault.readTokens(trial.accountId)).toBeNull()
    const shown = await callApi(trial, 'GET', `/accounts/${trial.accountId}`)
    expect(shown.json).toMatchObject({ status: 'disconnected', removal: { by: 'amocrm', canCleanUp: false } })
    const refused = await callApi(trial, 'DELETE', `/accounts/${trial.accountId}?cleanUp=true`)
    expect([refused.status, refused.json.code]).toEqual([409, 'no_access'])
    expect((await switchOff()).status).toBe(204)

    trial.sandbox.stats.clear()
    busyDay(trial.world, trial.staff, { seed: 6, count: 20 })
    await eventually(() => trial.sandbox.stats.hooksDelivered > 0)
    expect(await trial.settling.settled(LIMIT_MS)).toBe(true)
    expect(trial.sandbox.stats.requests).toEqual([])

    await again()
    expect(await account()).toMatchObject({ status: 'active', installedAt: expect.any(Number) })
    expect(await account()).not.toHaveProperty('removal')
    expect((await trial.policies.current(trial.accountId))?.version).toBe((current?.version ?? 0) + 1)
    trial.judge.use(policy)
    await expectRightAfterBurst(trial)
  })

  it('whose tokens amoCRM refuses says so, keeps what it is told, and catches up when it is installed again', async () => {
    const pair = await trial.vault.readTokens(trial.accountId)
    for (const token of [pair?.accessToken, pair?.refreshToken]) trial.sandbox.revokeToken(token ?? '')
    busyDay(trial.world, trial.staff, { seed: 8, count: 20 })
    await eventually(async () => (await account())?.status === 'paused')
    const shown = await callApi(trial, 'GET', `/accounts/${trial.accountId}`)
    expect(shown.json).toMatchObject({ status: 'paused', problem: { code: 'unauthorized' } })
    expect(trial.sandbox.stats.hooksFailed).toBe(0)
    expect(await trial.settling.jobs()).toBeGreaterThan(0)
    await again()
    await expectRightAfterBurst(trial)
    await eventually(isActive)
  })

  it('removed with a clean-up keeps its tokens until that is over', async () => {
    const removal = await callApi(trial, 'DELETE', `/accounts/${trial.accountId}?cleanUp=true`)
    expect(removal).toMatchObject({ status: 202, json: { hook: 'removed', cleanUp: expect.any(String) } })
    await trial.settling.settled(LIMIT_MS)
    expect(tagsOnCards()).toEqual(foreignTags)
    expect(await trial.vault.readTokens(trial.accountId)).not.toBeNull()
  })
})
