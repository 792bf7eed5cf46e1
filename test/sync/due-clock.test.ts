import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { emptyClient } from '../../src/store/client-doc.ts'
import { Intents } from '../../src/store/intents.ts'
import { AccountQueues } from '../../src/sync/account-queues.ts'
import { DueClock } from '../../src/sync/due-clock.ts'
import { contact, type TestAccount, testAccount } from '../support/test-context.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

let test: TestRedis
let account: TestAccount
let queues: AccountQueues
let clock: DueClock
let watched: number[]

const log = pino({ level: 'silent' })

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(() => {
  account = testAccount(test.redis, test.root)
  queues = new AccountQueues(test.redis, account.keys, log)
  watched = [account.context.id]
  clock = new DueClock({
    mirror: account.context.mirror,
    intents: new Intents(test.redis, account.keys),
    queues,
    log,
    clock: () => account.clock.now,
    accountIds: () => watched,
  })
})
afterEach(async () => {
  await clock.close()
  await queues.close()
})
afterAll(() => test.close())

const dueAt = (id: number, seconds: number | null) =>
  account.context.mirror.update(account.context.id, contact(id), () => ({
    ...emptyClient(contact(id)),
    dueAt: seconds,
  }))
const queued = async () => {
  const jobs = await queues.of(account.context.id).getJobs(['waiting', 'prioritized', 'delayed'])
  return jobs.map(({ data }) => data.client).toSorted()
}

describe('the due clock', () => {
  it('queues a client at his second and not before', async () => {
    const now = account.world.now
    await dueAt(1, now + 10)
    account.forward(9)
    await clock.tick()
    expect(await queued()).toEqual([])
    account.forward(1)
    await clock.tick()
    expect(await queued()).toEqual(['c1'])
  })

  it('queues a client once, however often it ticks, and behind what people do', async () => {
    await dueAt(1, account.world.now)
    await clock.tick()
    await clock.tick()
    expect(await queued()).toEqual(['c1'])
    const [job] = await queues.of(account.context.id).getJobs(['prioritized'])
    expect(job?.data).toMatchObject({ kind: 'reconcile', priority: 'due' })
    expect(job?.priority).toBeGreaterThan(0)
  })

  it('leaves those alone who have no second, or whose second was taken back', async () => {
    await dueAt(1, null)
    await dueAt(2, account.world.now)
    await dueAt(2, account.world.now + 1000)
    await clock.tick()
    expect(await queued()).toEqual([])
  })

  it('goes on with the other accounts when one fails', async () => {
    const { mirror } = account.context
    const due = mirror.due.bind(mirror)
    mirror.due = (id, ...rest) => (id === 404 ? Promise.reject(new Error('gone')) : due(id, ...rest))
    watched = [404, account.context.id]
    await dueAt(1, account.world.now)
    await clock.tick()
    expect(await queued()).toEqual(['c1'])
  })
})
