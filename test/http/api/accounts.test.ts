import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookJob } from '../../../src/sync/job-catalog.ts'
import { DAY, mainContact } from '../../support/test-context.ts'
import { ADMIN, type ApiTest, apiTest, OPS, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
  api.mine.world.addContact(1)
  api.mine.world.addLead(17, { contacts: mainContact(1) })
})
afterEach(() => api.close())

const lead = lookJob({ entity: 'lead', id: 17, incoming: false })
const post = (tail: string, headers = api.as(ADMIN)) => api.app.inject({ method: 'POST', url: api.path(tail), headers })
const status = async () => (await api.app.inject({ url: api.path(), headers: OPS })).json()

describe('an account', () => {
  it('says how it is', async () => {
    await api.mine.queues.add(api.mine.context.id, [lead])
    api.mine.openWorker()
    await api.mine.idle()
    const answer = await api.app.inject({ url: api.path(), headers: api.as(SALESPERSON) })
    expect(answer.json()).toEqual({
      ...{ id: api.mine.context.id, name: 'Test', host: `account${api.mine.context.id}.amocrm.ru` },
      ...{ status: 'active', pausedBy: null, problem: null, removal: null, hooks: 'subscribed' },
      ...{ installedAt: '1970-01-01T00:00:00.001Z', clients: 1, unread: 0, policyVersion: 0, backfill: null },
    })
  })

  it('shows why amoCRM does not let it work', async () => {
    const problem = { code: 'payment_required', message: 'Pay.', since: 1_000, retryAt: 2_000 }
    await api.mine.accounts.patch(api.mine.context.id, { status: 'paused', problem })
    expect(await status()).toMatchObject({
      status: 'paused',
      problem: { code: 'payment_required', since: '1970-01-01T00:00:01.000Z', retryAt: '1970-01-01T00:00:02.000Z' },
    })
  })

  it('that is not there is not found, by the operator', async () => {
    const answer = await api.app.inject({ url: '/api/v1/accounts/4711', headers: OPS })
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'account_unknown'])
  })
})

describe('a pause', () => {
  it('keeps the work waiting until it is ended, and says who made it', async () => {
    const paused = await post('/pause')
    expect(paused.json()).toMatchObject({ status: 'paused', pausedBy: { author: 'Anna #1' } })
    await api.mine.queues.add(api.mine.context.id, [lead])
    api.mine.openWorker()
    const other = api.other.event('completed')
    api.other.openWorker()
    await api.other.queues.add(api.other.context.id, [lead])
    await other
    expect(api.mine.api.count()).toBe(0)
    const resumed = await post('/resume')
    expect(resumed.json()).toMatchObject({ status: 'active', pausedBy: null })
    await api.mine.idle()
    expect(api.mine.world.tags('contacts', 1)).not.toEqual([])
  })

  it('twice is a pause, and its end without one is nothing', async () => {
    expect((await post('/resume')).statusCode).toBe(200)
    await post('/pause')
    expect((await post('/pause', OPS)).json()).toMatchObject({ pausedBy: { author: 'ops' } })
    expect((await post('/resume')).json().status).toBe('active')
  })
})

describe('the removal of an account', () => {
  const remove = (query = '') => api.app.inject({ method: 'DELETE', url: api.path(query), headers: api.as(ADMIN) })

  it('ends its work and its webhook, and leaves what stands', async () => {
    await api.mine.queues.add(api.mine.context.id, [lead])
    api.mine.openWorker()
    await api.mine.idle()
    const tags = api.mine.world.tags('contacts', 1)
    const answer = await remove()
    expect(answer.statusCode).toBe(202)
    expect(answer.json()).toEqual({ hook: 'removed', cleanUp: null, eraseAt: expect.any(String) })
    const { eraseAt } = answer.json()
    expect(Math.round((Date.parse(eraseAt) - api.mine.clock.now) / 1000)).toBe(30 * DAY)
    const removal = { by: 'Anna #1', eraseAt, cleanUp: null, canCleanUp: true }
    expect(await status()).toMatchObject({ status: 'disconnected', removal })
    expect(api.mine.world.tags('contacts', 1)).toEqual(tags)
    expect((await post('/pause', OPS)).json().code).toBe('account_disconnected')
    expect((await post('/pause')).json().code).toBe('account_not_installed')
  })

  it('takes away what is ours when asked to, also while the work is stopped', async () => {
    await api.mine.queues.add(api.mine.context.id, [lead])
    const worker = api.mine.openWorker()
    await api.mine.idle()
    await worker.close()
    await post('/pause')
    expect((await remove('?cleanUp=true')).json()).toMatchObject({ cleanUp: expect.stringMatching(/^clean-up-\d+$/) })
    api.mine.contexts.dropAll()
    api.mine.openWorker()
    await api.mine.idle()
    expect(api.mine.world.tags('contacts', 1)).toEqual([])
  })

  it('does not promise a clean-up where there is no access any more, and changes nothing', async () => {
    const removal = { at: 1, by: 'amocrm', eraseAt: 2_000, cleanUp: null, tokens: 'dropped' } as const
    await api.mine.accounts.patch(api.mine.context.id, { status: 'disconnected', removal })
    const before = await api.standing()
    const answer = await api.app.inject({ method: 'DELETE', url: api.path('?cleanUp=true'), headers: OPS })
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'no_access'])
    expect(await api.standing()).toBe(before)
    expect(await status()).toMatchObject({ removal: { by: 'amocrm', canCleanUp: false } })
    const plain = await api.app.inject({ method: 'DELETE', url: api.path(), headers: OPS })
    expect(plain.json()).toEqual({ hook: 'left', cleanUp: null, eraseAt: '1970-01-01T00:00:02.000Z' })
  })

  it('asked for twice ends at the instant that was promised first', async () => {
    const first = (await remove()).json().eraseAt
    api.mine.forward(DAY)
    const again = await api.app.inject({ method: 'DELETE', url: api.path('?cleanUp=true'), headers: OPS })
    expect(again.json()).toMatchObject({ cleanUp: expect.any(String), eraseAt: first })
  })

  it('is refused for another word than yes or no', async () => {
    const before = await status()
    expect((await remove('?cleanUp=maybe')).statusCode).toBe(400)
    expect(await status()).toEqual(before)
  })
})

describe('what surrounds the clients', () => {
  it('is told by name to everybody of the account', async () => {
    const answer = await api.app.inject({ url: api.path('/structure'), headers: api.as(SALESPERSON) })
    const { account } = api.mine.context.compiled
    expect(answer.json()).toMatchObject({
      ...{ timeZone: account.timeZone, currency: account.currency, language: 'ru', clientEntity: 'contact' },
      users: account.users,
      lossReasons: account.lossReasons,
    })
    expect(
      answer
        .json()
        .pipelines.map(({ id }: { id: number }) => id)
        .toSorted(),
    ).toEqual(account.pipelines.map(({ id }) => id).toSorted())
  })
})
