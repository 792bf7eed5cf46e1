import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AccountStore } from '../../src/store/account-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { deferred } from '../support/deferred.ts'
import { STRUCTURE, testRecord } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let keys: Keys
let accounts: AccountStore

beforeAll(async () => {
  test = await connectTestRedis()
  keys = new Keys(test.root)
  accounts = new AccountStore(test.redis, keys, new SecretBox([randomBytes(32)]))
})
afterAll(() => test.close())

describe('accounts', () => {
  it('are listed in the order of their installation', async () => {
    await accounts.write({ ...testRecord(12), installedAt: 20 })
    await accounts.write({ ...testRecord(11), installedAt: 30 })
    await accounts.write({ ...testRecord(13), installedAt: 10 })
    expect((await accounts.list()).map(({ id }) => id)).toEqual([13, 12, 11])
    expect((await accounts.ids()).toSorted()).toEqual([11, 12, 13])
    expect(await accounts.read(99)).toBeNull()
  })

  it('are changed in part', async () => {
    await accounts.write(testRecord(14))
    await accounts.patch(14, { hooks: 'unavailable' })
    expect(await accounts.read(14)).toEqual({ ...testRecord(14), hooks: 'unavailable' })
    await accounts.patch(15, { hooks: 'unavailable' })
    expect(await accounts.read(15)).toBeNull()
  })

  it('lose no change when two are made at once', async () => {
    await accounts.write(testRecord(16))
    await Promise.all([
      accounts.patch(16, { hooks: 'unavailable' }),
      accounts.patch(16, { status: 'disconnected' }),
      accounts.patch(16, { host: 'renamed.amocrm.ru' }),
    ])
    const expected = { hooks: 'unavailable', status: 'disconnected', host: 'renamed.amocrm.ru' }
    expect(await accounts.read(16)).toMatchObject(expected)
  })

  it('keep how they are built', async () => {
    expect(await accounts.structure(17)).toBeNull()
    await accounts.writeStructure(17, STRUCTURE)
    expect(await accounts.structure(17)).toEqual(STRUCTURE)
  })

  it('announce every change', async () => {
    const listener = test.redis.duplicate()
    const heard: string[] = []
    const both = deferred()
    listener.on('message', (_channel, id) => {
      heard.push(id)
      if (heard.length === 2) both.resolve()
    })
    await listener.subscribe(keys.announcements)
    await accounts.write(testRecord(18))
    await accounts.writeStructure(18, STRUCTURE)
    await both.promise
    expect(heard).toEqual(['18', '18'])
    listener.disconnect()
  })
})

describe('the webhook secret of an account', () => {
  it('is made once, however many ask for it at the same time', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => accounts.hookSecret(21)))
    expect(new Set(secrets).size).toBe(1)
    expect(Buffer.from(secrets[0] ?? '', 'base64url')).toHaveLength(32)
    expect(await accounts.bySecret(secrets[0] ?? '')).toBe(21)
  })

  it('belongs to one account; any other text to nobody', async () => {
    const [one, other] = [await accounts.hookSecret(22), await accounts.hookSecret(23)]
    expect(await accounts.bySecret(one)).toBe(22)
    expect(await accounts.bySecret(other)).toBe(23)
    expect(await accounts.bySecret(`${one}x`)).toBeNull()
    expect(await accounts.bySecret('')).toBeNull()
  })

  it('stands nowhere in Redis as it is', async () => {
    const secret = await accounts.hookSecret(24)
    const stored = await test.redis.hgetall(keys.of(24, 'account'))
    const index = await test.redis.hgetall(keys.hookSecrets)
    expect(JSON.stringify([stored, index])).not.toContain(secret)
    expect(Object.keys(stored)).toEqual(['hookSecret'])
  })

  it('is another one than the secret that outgoing webhooks are signed with', async () => {
    const signing = await accounts.signingSecret(25)
    expect(signing).not.toBe(await accounts.hookSecret(25))
    expect(await accounts.signingSecret(25)).toBe(signing)
    expect(await accounts.bySecret(signing)).toBeNull()
  })

  it('is replaced: the former one is taken until it is retired, and then for a while', async () => {
    const former = await accounts.hookSecret(26)
    await accounts.rotateHookSecret(26)
    const fresh = await accounts.hookSecret(26)
    expect(fresh).not.toBe(former)
    expect([await accounts.bySecret(former), await accounts.bySecret(fresh)]).toEqual([26, 26])
    expect(await accounts.hasFormerHookSecrets(26)).toBe(true)

    await accounts.retireHookSecrets(26, 100)
    expect(await accounts.hasFormerHookSecrets(26)).toBe(false)
    expect([await accounts.bySecret(former), await accounts.bySecret(fresh)]).toEqual([26, 26])
    const [left = ''] = await test.redis.keys(keys.retiredHookSecret('*'))
    expect(left).not.toContain(former)
    expect(await test.redis.ttl(left)).toBeGreaterThan(90)
    await test.redis.del(left)
    expect([await accounts.bySecret(former), await accounts.bySecret(fresh)]).toEqual([null, 26])
  })

  it('is replaced once by several at a time, and none that somebody was told is lost', async () => {
    const former = await accounts.hookSecret(27)
    await Promise.all(Array.from({ length: 10 }, () => accounts.rotateHookSecret(27)))
    expect(await accounts.bySecret(await accounts.hookSecret(27))).toBe(27)
    expect(await accounts.bySecret(former)).toBe(27)
    const index = Object.values(await test.redis.hgetall(keys.hookSecrets)).filter((id) => id === '27')
    expect(index.length).toBe(1 + (await test.redis.scard(keys.of(27, 'former-hook-secrets'))))
  })
})

describe('the key of an account’s Digital Pipeline', () => {
  it('is found as a webhook secret is, and outlives its replacement', async () => {
    const [secret, key] = [await accounts.hookSecret(28), await accounts.pipelineKey(28)]
    expect(key).not.toBe(secret)
    expect(await accounts.pipelineKey(28)).toBe(key)
    await accounts.rotateHookSecret(28)
    await accounts.retireHookSecrets(28, 1)
    expect(await accounts.bySecret(key)).toBe(28)
  })
})
