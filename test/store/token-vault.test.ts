import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { TokenVault } from '../../src/store/token-vault.ts'
import { deferred } from '../support/deferred.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const PAIR = { accessToken: 'access-abc', refreshToken: 'refresh-xyz', expiresAt: 1_790_000_000_000 }

let test: TestRedis
let keys: Keys
let vault: TokenVault

beforeAll(async () => {
  test = await connectTestRedis()
  keys = new Keys(test.root)
  vault = new TokenVault(test.redis, keys, new SecretBox([randomBytes(32)]))
})
afterAll(() => test.close())

describe('tokens', () => {
  it('come back as they were stored, and the newest pair counts', async () => {
    expect(await vault.readTokens(1)).toBeNull()
    await vault.writeTokens(1, PAIR)
    expect(await vault.readTokens(1)).toEqual(PAIR)
    const longLived = { accessToken: 'long', refreshToken: null, expiresAt: null }
    await vault.writeTokens(1, longLived)
    expect(await vault.readTokens(1)).toEqual(longLived)
  })

  it('are encrypted at rest', async () => {
    await vault.writeTokens(2, PAIR)
    const raw = await test.redis.get(keys.of(2, 'tokens'))
    expect(raw).toMatch(/^v1\./)
    expect(raw).not.toContain(PAIR.accessToken)
    expect(raw).not.toContain(PAIR.refreshToken)
  })

  it('do not open under the name of another account', async () => {
    await vault.writeTokens(3, PAIR)
    await test.redis.copy(keys.of(3, 'tokens'), keys.of(4, 'tokens'))
    await expect(vault.readTokens(4)).rejects.toThrow(/cannot be decrypted/)
  })

  it('are replaced by what they were refreshed to, unless others stand there by now', async () => {
    const fresh = { ...PAIR, accessToken: 'access-2', refreshToken: 'refresh-2' }
    expect(await vault.replaceTokens(5, PAIR, fresh)).toBe(false)
    expect(await vault.readTokens(5)).toBeNull()
    await vault.writeTokens(5, PAIR)
    expect(await vault.replaceTokens(5, PAIR, fresh)).toBe(true)
    expect(await vault.readTokens(5)).toEqual(fresh)
    const late = { ...PAIR, accessToken: 'access-late' }
    expect(await vault.replaceTokens(5, PAIR, late)).toBe(false)
    expect(await vault.readTokens(5)).toEqual(fresh)
    await vault.removeTokens(5)
    expect(await vault.replaceTokens(5, fresh, late)).toBe(false)
    expect(await vault.readTokens(5)).toBeNull()
  })

  it('of an installation that is tried again do not put back a used refresh token', async () => {
    const fresh = { ...PAIR, accessToken: 'access-2', refreshToken: 'refresh-2' }
    await vault.installTokens(6, PAIR)
    await vault.replaceTokens(6, PAIR, fresh)
    await vault.installTokens(6, PAIR)
    expect(await vault.readTokens(6)).toEqual(fresh)
    const another = { ...PAIR, accessToken: 'access-3', refreshToken: 'refresh-3' }
    await vault.installTokens(6, another)
    expect(await vault.readTokens(6)).toEqual(another)
    await vault.removeTokens(6)
    await vault.installTokens(6, another)
    expect(await vault.readTokens(6)).toEqual(another)
  })

  it('of an installation under way are kept for an hour, encrypted', async () => {
    expect(await vault.readPending('f1')).toBeNull()
    await vault.writePending('f1', PAIR)
    expect(await vault.readPending('f1')).toEqual(PAIR)
    expect(await test.redis.get(keys.pendingInstall('f1'))).not.toContain(PAIR.refreshToken)
    expect(await test.redis.ttl(keys.pendingInstall('f1'))).toBeGreaterThan(3500)
  })
})

describe('the refresh lock', () => {
  it('lets one refresh at a time, and the next when it is done', async () => {
    const entered = deferred()
    const leave = deferred()
    const order: string[] = []
    const first = vault.withRefreshLock(5, async () => {
      entered.resolve()
      await leave.promise
      order.push('first')
    })
    await entered.promise
    const second = vault.withRefreshLock(5, async () => order.push('second'))
    expect(await vault.withRefreshLock(6, async () => 'another account is free')).toBe('another account is free')
    order.push('let go')
    leave.resolve()
    await Promise.all([first, second])
    expect(order).toEqual(['let go', 'first', 'second'])
  })

  it('is free again after a failure', async () => {
    await expect(vault.withRefreshLock(7, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
    expect(await vault.withRefreshLock(7, async () => 'free')).toBe('free')
  })

  it('ends by itself when its holder crashed', async () => {
    const entered = deferred()
    const leave = deferred()
    const holding = vault.withRefreshLock(8, () => {
      entered.resolve()
      return leave.promise
    })
    await entered.promise
    const ttl = await test.redis.pttl(keys.of(8, 'refresh-lock'))
    expect(ttl).toBeGreaterThan(0)
    expect(ttl).toBeLessThanOrEqual(60_000)
    leave.resolve()
    await holding
  })

  it('is not taken from the next holder by one who came late', async () => {
    const key = keys.of(9, 'refresh-lock')
    await vault.withRefreshLock(9, async () => {
      await test.redis.set(key, 'somebody else')
    })
    expect(await test.redis.get(key)).toBe('somebody else')
  })
})
