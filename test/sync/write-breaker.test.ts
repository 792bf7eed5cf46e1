import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { look } from '../../src/sync/look.ts'
import { reconcile } from '../../src/sync/reconcile.ts'
import { WriteBreaker } from '../../src/sync/write-breaker.ts'
import { contact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const ANNA = contact(1)

let test: TestRedis
let account: TestAccount

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  account = testAccount(test.redis, test.root)
  account.world.addContact(1)
  await lookAtAnna()
})
afterAll(() => test.close())

const lookAtAnna = () => look(account.context, { entity: 'contact', id: 1, incoming: false })
const settle = ({ breaker }: { breaker: WriteBreaker }) =>
  reconcile(account.context, ANNA, { priority: 'live', run: 'live', breaker })
const due = (seconds: number) => account.context.mirror.due(account.context.id, seconds, 100)

describe('a fight with somebody who undoes our writes', () => {
  const undo = async () => {
    account.world.changeContact(1, { tags: [] })
    await lookAtAnna()
  }

  it('is given up for the rest of the hour, then taken up again', async () => {
    const breaker = new WriteBreaker(test.redis, account.keys)
    let result = await settle({ breaker })
    for (let round = 0; round < 40 && result.type !== 'set_aside'; round++) {
      await undo()
      result = await settle({ breaker })
    }
    const now = account.world.now
    expect(result).toMatchObject({ type: 'set_aside' })
    expect(account.api.updates).toHaveLength(30)
    const until = result.type === 'set_aside' ? result.until : 0
    expect(until).toBeGreaterThan(now + 3500)
    expect(until).toBeLessThanOrEqual(now + 3600)
    expect(await due(until - 1)).toEqual([])
    expect(await due(until)).toEqual([ANNA])

    await test.redis.del(account.keys.of(account.context.id, 'w:contacts:1'))
    account.clock.now = until * 1000
    expect(await settle({ breaker })).toMatchObject({ type: 'settled', writes: 1 })
  })

  it('does not concern other entities', async () => {
    const breaker = new WriteBreaker(test.redis, account.keys)
    const write = (id: number) => ({ type: 'contacts' as const, patch: { id }, movedFrom: null, fieldsBefore: {} })
    for (let time = 0; time < 30; time++) await breaker.check(account.context.id, [write(1)], 1000)
    expect(await breaker.check(account.context.id, [write(1)], 1000)).toMatchObject({ type: 'open' })
    expect(await breaker.check(account.context.id, [write(2)], 1000)).toEqual({ type: 'closed' })
    expect(await test.redis.ttl(account.keys.of(account.context.id, 'w:contacts:1'))).toBeGreaterThan(0)
  })
})
