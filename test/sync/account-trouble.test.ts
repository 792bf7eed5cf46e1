import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AmoError, type AmoErrorCode } from '../../src/amocrm/amo-error.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { clearTrouble, noteTrouble, restAfter } from '../../src/sync/account-trouble.ts'
import { type TestAccount, testAccount, testRecord } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount
let accounts: AccountStore

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  accounts = new AccountStore(test.redis, account.keys, new SecretBox([randomBytes(32)]))
  await accounts.write(testRecord(account.context.id))
})
afterAll(() => test.close())

const failure = (code: AmoErrorCode) => new AmoError(code, `it is ${code}`, { method: 'GET', path: '/', status: null })
const note = (code: AmoErrorCode, restMs = 60_000) => noteTrouble(accounts, account.context, failure(code), restMs)
const record = async () => {
  const stored = await accounts.read(account.context.id)
  if (!stored) throw new Error('no record')
  return stored
}

describe('an account rests', () => {
  it.each<[AmoErrorCode, number | null]>([
    ['unauthorized', 300_000],
    ['payment_required', 1_800_000],
    ['blocked', 10_000],
    ['rate_limited', 30_000],
    ['forbidden', null],
    ['refused', null],
    ['unavailable', null],
  ])('upon %s for %s ms', (code, restMs) => {
    expect(restAfter(failure(code))).toBe(restMs)
  })

  it.each<[number, number]>([
    [2_000, 10_000],
    [64_000, 64_000],
    [86_400_000, 600_000],
  ])('for as long as its gate is closed: %s ms asked, %s ms rested', (retryAfterMs, restMs) => {
    const details = { method: 'GET', path: '/', status: 403, retryAfterMs }
    expect(restAfter(new AmoError('blocked', 'it is blocked', details))).toBe(restMs)
  })

  it('upon nothing else', () => {
    expect(restAfter(new Error('unauthorized'))).toBeNull()
    expect(restAfter(undefined)).toBeNull()
  })
})

describe('the trouble of an account', () => {
  it('is told with its reason and the next try', async () => {
    const now = account.clock.now
    await note('unauthorized')
    expect(await record()).toMatchObject({
      status: 'paused',
      problem: { code: 'unauthorized', message: 'it is unauthorized', since: now, retryAt: now + 60_000 },
    })
  })

  it('is as old as its first failure, until it is another one', async () => {
    const first = account.clock.now
    await note('blocked')
    account.forward(600)
    await note('blocked')
    expect((await record()).problem).toMatchObject({ since: first, retryAt: account.clock.now + 60_000 })
    account.forward(600)
    await note('payment_required')
    expect((await record()).problem).toMatchObject({ code: 'payment_required', since: account.clock.now })
  })

  it('is announced once for all the jobs that meet it', async () => {
    let announced = 0
    const { announce } = accounts
    accounts.announce = (id) => {
      announced++
      return announce.call(accounts, id)
    }
    await Promise.all(Array.from({ length: 50 }, () => note('unauthorized')))
    expect(announced).toBe(1)
  })

  it('is none when amoCRM only asks to be slower', async () => {
    await note('rate_limited')
    expect(await record()).toMatchObject({ status: 'active', problem: null })
  })

  it('does not bring back an account that was removed', async () => {
    await accounts.patch(account.context.id, { status: 'disconnected' })
    await note('unauthorized')
    expect((await record()).status).toBe('disconnected')
    await clearTrouble(accounts, { ...account.context, record: { ...account.context.record, status: 'paused' } })
    expect((await record()).status).toBe('disconnected')
  })

  it('is over when work succeeds again', async () => {
    await note('unauthorized')
    await clearTrouble(accounts, { ...account.context, record: await record() })
    expect(await record()).toMatchObject({ status: 'active', problem: null })
  })
})
