import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { renewSeals } from '../../src/app/renew-seals.ts'
import { buildApp } from '../../src/app.ts'
import { ConfigError } from '../../src/config/config-error.ts'
import { parseConfig } from '../../src/config.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { TokenVault } from '../../src/store/token-vault.ts'
import { snapshot } from '../support/snapshot.ts'
import { testRecord } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const [OLD, NEW, FOREIGN] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const PAIR = { accessToken: 'access-5', refreshToken: 'refresh-5', expiresAt: 1_790_000_000_000 }

let test: TestRedis
let log: string[]

beforeEach(async () => {
  log = []
  test = await connectTestRedis()
})
afterEach(() => test.close())

const storesUnder = (...encryptionKeys: readonly Buffer[]) => {
  const keys = new Keys(test.root)
  const box = new SecretBox(encryptionKeys)
  return { accounts: new AccountStore(test.redis, keys, box), vault: new TokenVault(test.redis, keys, box) }
}
const installed = async (id: number, key: Buffer) => {
  const { accounts, vault } = storesUnder(key)
  await accounts.write(testRecord(id))
  await vault.writeTokens(id, PAIR)
  return { hook: await accounts.hookSecret(id), signing: await accounts.signingSecret(id) }
}
const renew = (stores: ReturnType<typeof storesUnder>) =>
  renewSeals(stores, pino({ level: 'info' }, { write: (line: string) => void log.push(line) }))
const all = async () => snapshot(test.redis, await test.redis.keys(`${test.root}*`))

describe('a new encryption key before the old one', () => {
  it('reads what the old one sealed, and seals it anew at the start: then the old one can go', async () => {
    const secrets = await installed(5, OLD)
    const both = storesUnder(NEW, OLD)
    expect(await both.vault.readTokens(5)).toEqual(PAIR)
    await renew(both)
    expect(JSON.parse(log[0] ?? '{}')).toMatchObject({ renewed: 3 })

    const { accounts, vault } = storesUnder(NEW)
    expect(await vault.readTokens(5)).toEqual(PAIR)
    expect({ hook: await accounts.hookSecret(5), signing: await accounts.signingSecret(5) }).toEqual(secrets)
    await expect(storesUnder(OLD).vault.readTokens(5)).rejects.toThrow('ENCRYPTION_KEY')
  })

  it('writes nothing where all is under it already', async () => {
    await installed(5, NEW)
    const before = await all()
    await renew(storesUnder(NEW, OLD))
    expect([await all(), log]).toEqual([before, []])
  })

  it('takes no refresh that is under way back', async () => {
    await installed(5, OLD)
    const { vault, accounts } = storesUnder(NEW, OLD)
    const fresh = { ...PAIR, accessToken: 'access-6', refreshToken: 'refresh-6' }
    let renewing: Promise<void> | undefined
    await vault.withRefreshLock(5, async () => {
      renewing = renew({ vault, accounts })
      expect(await storesUnder(OLD).vault.replaceTokens(5, PAIR, fresh)).toBe(true)
    })
    await renewing
    expect(await storesUnder(NEW).vault.readTokens(5)).toEqual(fresh)
  })
})

describe('a wrong encryption key', () => {
  it('is refused at the start by its name, with nothing changed', async () => {
    await installed(5, OLD)
    await installed(6, OLD)
    const before = await all()
    const failing = renew(storesUnder(FOREIGN))
    await expect(failing).rejects.toBeInstanceOf(ConfigError)
    await expect(failing).rejects.toThrow(/ENCRYPTION_KEY opens none of the secrets.*`new,old`/)
    expect(await all()).toBe(before)
  })

  it('for some accounts is reported, and the others are served', async () => {
    await installed(5, FOREIGN)
    await installed(6, OLD)
    await renew(storesUnder(NEW, OLD))
    expect(log.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ level: 30, renewed: 3 }),
      expect.objectContaining({ level: 50, accountIds: [5], msg: expect.stringContaining('ENCRYPTION_KEY=new,old') }),
    ])
    expect(await storesUnder(NEW).vault.readTokens(6)).toEqual(PAIR)
  })

  it('is no matter before the first account', async () => {
    await renew(storesUnder(FOREIGN))
    expect(log).toEqual([])
  })
})

describe('the program', () => {
  const started = async (...encryptionKeys: readonly Buffer[]) => {
    const config = parseConfig({
      ...{ NODE_ENV: 'test', REDIS_URL: test.url, PORT: '0', AMOCRM_CLIENT_ID: 'a', AMOCRM_CLIENT_SECRET: 'b' },
      ...{ PUBLIC_URL: 'https://segments.example.com', AMOCRM_API_ORIGIN: 'http://127.0.0.1:1' },
      ENCRYPTION_KEY: encryptionKeys.map((key) => key.toString('base64')).join(','),
    })
    const app = await buildApp(config, { keyRoot: test.root, logger: pino({ level: 'silent' }) })
    onTestFinished(async () => void (await app.close()))
    return app.start()
  }

  it('does not start with a wrong key, and says which setting it is', async () => {
    await installed(5, OLD)
    await expect(started(FOREIGN)).rejects.toThrow(/ENCRYPTION_KEY/)
    expect(await storesUnder(OLD).vault.readTokens(5)).toEqual(PAIR)
  })

  it('starts with the new key before the old one, and from then on with the new one alone', async () => {
    await installed(5, OLD)
    await started(NEW, OLD)
    expect(await storesUnder(NEW).vault.readTokens(5)).toEqual(PAIR)
    await started(NEW)
  })
})
