import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Keys } from '../../src/store/keys.ts'
import { RunStore } from '../../src/store/run-store.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let runs: RunStore
let account = 0

beforeAll(async () => {
  test = await connectTestRedis()
  runs = new RunStore(test.redis, new Keys(test.root))
})
beforeEach(() => {
  account += 1
})
afterAll(() => test.close())

describe('the runs of an account', () => {
  it('are told from being asked for to their end', async () => {
    await runs.asked(account, 'resync-1', 'Anna', 1_000)
    expect(await runs.read(account, 'resync-1')).toEqual({
      ...{ run: 'resync-1', askedAt: 1_000, author: 'Anna', startedAt: null, endedAt: null, outcome: null },
      ...{ cancelledAt: null, total: null, clients: 0, writes: 0 },
    })
    await runs.begun(account, 'resync-1', 2_000)
    await runs.reached(account, 'resync-1', { total: 10, clients: 4, writes: 2 })
    await runs.ended(account, 'resync-1', 'done', 3_000)
    expect(await runs.read(account, 'resync-1')).toMatchObject({
      ...{ startedAt: 2_000, endedAt: 3_000, outcome: 'done', total: 10, clients: 4, writes: 2 },
    })
  })

  it('know their beginning also when they began before it was noted who asked', async () => {
    await runs.begun(account, 'policy-1', 2_000)
    await runs.asked(account, 'policy-1', 'Anna', 2_001)
    expect(await runs.read(account, 'policy-1')).toMatchObject({ askedAt: 2_000, startedAt: 2_000, author: 'Anna' })
  })

  it('are open again when they are taken up after a failure', async () => {
    await runs.begun(account, 'install-1', 1)
    await runs.ended(account, 'install-1', 'failed', 2)
    await runs.begun(account, 'install-1', 3)
    expect(await runs.read(account, 'install-1')).toMatchObject({ startedAt: 1, endedAt: null, outcome: null })
  })

  it('are called off once, and forgotten when they are to be done anew', async () => {
    await runs.asked(account, 'undo-policy-1', 'Anna', 1)
    expect(await runs.isCancelled(account, 'undo-policy-1')).toBe(false)
    await runs.cancel(account, 'undo-policy-1', 2)
    await runs.cancel(account, 'undo-policy-1', 3)
    expect(await runs.read(account, 'undo-policy-1')).toMatchObject({ cancelledAt: 2 })
    await runs.forget(account, 'undo-policy-1')
    expect(await runs.isCancelled(account, 'undo-policy-1')).toBe(false)
    expect(await runs.list(account)).toEqual([])
  })

  it('are listed newest first, and only so many are kept', async () => {
    for (let index = 1; index <= 303; index++) await runs.asked(account, `resync-${index}`, 'Anna', index)
    const names = (await runs.list(account)).map(({ run }) => run)
    expect([names.length, names[0], names.at(-1)]).toEqual([300, 'resync-303', 'resync-4'])
    expect(await runs.read(account, 'resync-3')).toBeNull()
  })
})
