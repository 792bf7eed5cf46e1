import { pino } from 'pino'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AmoErrorCode } from '../../src/amocrm/amo-error.ts'
import type { AccountStructure } from '../../src/store/account-record.ts'
import { readStructure } from '../../src/sync/account-structure.ts'
import type { CallName } from '../support/fake-amo-api.ts'
import { STRUCTURE, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let amo: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  amo = testAccount(test.redis, test.root)
})
afterAll(() => test.close())

const read = async (known: AccountStructure | null) =>
  readStructure({ api: amo.api, account: await amo.api.account(), known, log: pino({ level: 'silent' }) })
const deny = (name: CallName, code: AmoErrorCode) => amo.api.failNext(name, code, name === 'customFields' ? 3 : 1)

describe('the structure of an account', () => {
  it('is its pipelines, loss reasons, sources, users and fields', async () => {
    expect(await read(null)).toEqual(STRUCTURE)
  })

  it.each<[CallName, keyof AccountStructure, AmoErrorCode]>([
    ['users', 'users', 'forbidden'],
    ['users', 'users', 'payment_required'],
    ['lossReasons', 'lossReasons', 'forbidden'],
    ['lossReasons', 'lossReasons', 'refused'],
    ['sources', 'sources', 'forbidden'],
    ['customFields', 'fields', 'payment_required'],
  ])('stands without %s where amoCRM denies them', async (call, part, code) => {
    deny(call, code)
    expect(await read(null)).toEqual({ ...STRUCTURE, [part]: [] })
    deny(call, code)
    expect(await read(STRUCTURE)).toEqual(STRUCTURE)
  })

  it.each<[CallName, AmoErrorCode]>([
    ['pipelines', 'forbidden'],
    ['users', 'unavailable'],
    ['customFields', 'unauthorized'],
    ['lossReasons', 'blocked'],
  ])('is not read while %s answer %s', async (call, code) => {
    deny(call, code)
    await expect(read(STRUCTURE)).rejects.toMatchObject({ code })
  })
})
