import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLogger } from '../../src/logger.ts'
import { AccountEraser } from '../../src/store/account-eraser.ts'
import { AccountStore } from '../../src/store/account-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { AccountQueues } from '../../src/sync/account-queues.ts'
import { sweepJob } from '../../src/sync/job-catalog.ts'
import { snapshot } from '../support/snapshot.ts'
import { testRecord } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let keys: Keys
let accounts: AccountStore
let eraser: AccountEraser
let queues: AccountQueues

beforeEach(async () => {
  test = await connectTestRedis()
  keys = new Keys(`${test.root}[1]`)
  accounts = new AccountStore(test.redis, keys, new SecretBox([randomBytes(32)]))
  eraser = new AccountEraser(test.redis, keys, accounts)
  queues = new AccountQueues(test.redis, keys, createLogger('silent'))
})
afterEach(async () => {
  await queues.close()
  await test.close()
})

/** An account with something of every kind, by the number of its clients. */
const furnish = async (id: number, clients: number): Promise<string> => {
  await accounts.write(testRecord(id))
  const secret = await accounts.hookSecret(id)
  await queues.add(id, [sweepJob()])
  const pipeline = test.redis.pipeline()
  for (let client = 0; client < clients; client++) pipeline.set(keys.client(id, `c${client}`), 'card')
  await pipeline.exec()
  return secret
}
const under = async (...parts: string[]) =>
  (await test.redis.keys('*')).filter((key) => parts.every((part) => key.includes(part)))

describe('erasing an account', () => {
  it('leaves nothing of it, and everything of others, those of like ids and of other deployments too', async () => {
    const secret = await furnish(5, 2_500)
    const others = [55, 15, 51]
    for (const id of others) await furnish(id, 3)
    const beside = new Keys(`${keys.root}:two`).of(5, 'account')
    await test.redis.set(beside, 'of another deployment')
    const standing = async () => {
      const found = (await under(test.root)).filter((key) => !key.includes('{5}') && !key.endsWith(':erasing'))
      const shared = [keys.accounts, keys.hookSecrets]
      return snapshot(
        test.redis,
        found.filter((key) => !shared.includes(key)),
      )
    }
    const before = await standing()

    expect(await eraser.erase(5)).toBeGreaterThan(2_500)
    expect(await under(`${keys.root}:`, '{5}')).toEqual([beside])
    expect(await accounts.bySecret(secret)).toBeNull()
    expect((await accounts.ids()).toSorted((a, b) => a - b)).toEqual([15, 51, 55])
    expect(await test.redis.hlen(keys.hookSecrets)).toBe(3)
    expect(await standing()).toBe(before)
  })

  it('goes on until a pass finds nothing: after a crash, and after somebody wrote meanwhile', async () => {
    await furnish(5, 10)
    await eraser.erase(5)
    expect(await eraser.unfinished()).toEqual([5])
    await test.redis.set(keys.of(5, 'late'), 'written by who was closing')
    expect(await eraser.erase(5)).toBe(1)
    expect(await eraser.isUnfinished(5)).toBe(true)
    expect(await eraser.erase(5)).toBe(0)
    expect(await eraser.isUnfinished(5)).toBe(false)
    expect(await test.redis.exists(keys.erasing)).toBe(0)
  })

  it('forgets every webhook secret the account ever had', async () => {
    await furnish(5, 1)
    await furnish(6, 1)
    for (let former = 0; former < 1_200; former++) await test.redis.hset(keys.hookSecrets, `former-${former}`, 5)
    await eraser.erase(5)
    expect(await test.redis.hvals(keys.hookSecrets)).toEqual(['6'])
  })

  it('and installing it wait for each other, but not for other accounts', async () => {
    const order: string[] = []
    let install = Promise.resolve()
    await eraser.exclusively(5, async () => {
      install = eraser.exclusively(5, async () => void order.push('installed'))
      await eraser.exclusively(6, async () => void order.push('another'))
      // The lock is no data: a pass leaves it to its holder.
      await furnish(5, 1)
      await eraser.erase(5)
      expect(await eraser.erase(5)).toBe(0)
      order.push('erased')
    })
    await install
    expect(order).toEqual(['another', 'erased', 'installed'])
  })
})
