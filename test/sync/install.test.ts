import { randomBytes } from 'node:crypto'
import { Queue, QueueEvents } from 'bullmq'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPair } from '../../src/amocrm/token-store.ts'
import { Keys } from '../../src/store/keys.ts'
import { SecretBox } from '../../src/store/secret-box.ts'
import { TokenVault } from '../../src/store/token-vault.ts'
import { InstallQueue, InstallWorker } from '../../src/sync/install.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'

const PAIR: TokenPair = { accessToken: 'access', refreshToken: 'refresh', expiresAt: 5 }
const INSTALL = { code: 'one-time-code', host: 'test.amocrm.ru', fromWidget: false }

class FinalError extends Error {}

let test: TestRedis
let keys: Keys
let box: SecretBox
let installs: InstallQueue
let queue: Queue
let events: QueueEvents
let worker: InstallWorker | null
let turn = 0

const log = pino({ level: 'silent' })

beforeAll(async () => {
  test = await connectTestRedis()
})
beforeEach(async () => {
  worker = null
  keys = new Keys(`${test.root}-${++turn}`)
  box = new SecretBox([randomBytes(32)])
  installs = new InstallQueue(test.redis, keys, box, log)
  queue = new Queue(keys.systemQueue, { connection: test.redis, prefix: keys.jobs })
  events = new QueueEvents(keys.systemQueue, { connection: test.redis.duplicate(), prefix: keys.jobs })
  await events.waitUntilReady()
})
afterEach(async () => {
  await worker?.close()
  await Promise.all([installs.close(), queue.close(), events.close()])
})
afterAll(() => test.close())

const happens = (event: 'completed' | 'failed' | 'delayed') =>
  new Promise<void>((resolve) => events.once(event, () => resolve()))

/** A worker whose steps do what the test says; counts them. */
const work = (steps: Partial<Record<'exchange' | 'connect', (time: number) => Promise<void>>> = {}) => {
  const seen = { exchanged: [] as string[], connected: [] as [string, TokenPair][] }
  worker = new InstallWorker({
    ...{ connection: test.redis, keys, box, log },
    vault: new TokenVault(test.redis, keys, box),
    exchangeCode: async (host, code) => {
      seen.exchanged.push(`${host} ${code}`)
      await steps.exchange?.(seen.exchanged.length)
      return PAIR
    },
    connect: async (host, pair) => {
      seen.connected.push([host, pair])
      await steps.connect?.(seen.connected.length)
    },
    isFinal: (error) => error instanceof FinalError,
  })
  return seen
}
/** Does not wait out the time between two tries. */
const tryAgain = async () => {
  for (const job of await queue.getDelayed()) await job.promote()
}

describe('an installation', () => {
  it('exchanges the code and connects the account', async () => {
    const done = happens('completed')
    const seen = work()
    await installs.request(INSTALL)
    await done
    expect(seen).toEqual({
      exchanged: ['test.amocrm.ru one-time-code'],
      connected: [['test.amocrm.ru', PAIR]],
    })
  })

  it('exchanges the code once, although the connecting fails at first', async () => {
    const delayed = happens('delayed')
    const done = happens('completed')
    const seen = work({
      connect: async (time) => {
        if (time === 1) throw new Error('amoCRM is away')
      },
    })
    await installs.request(INSTALL)
    await delayed
    await tryAgain()
    await done
    expect(seen.exchanged).toHaveLength(1)
    expect(seen.connected).toEqual([
      ['test.amocrm.ru', PAIR],
      ['test.amocrm.ru', PAIR],
    ])
  })

  it('exchanges again when it is not clear whether amoCRM heard it', async () => {
    const delayed = happens('delayed')
    const done = happens('completed')
    const seen = work({
      exchange: async (time) => {
        if (time === 1) throw new Error('no answer')
      },
    })
    await installs.request(INSTALL)
    await delayed
    await tryAgain()
    await done
    expect(seen.exchanged).toHaveLength(2)
    expect(seen.connected).toHaveLength(1)
  })

  it('ends at once when trying again could not help', async () => {
    const failed = happens('failed')
    const seen = work({ exchange: () => Promise.reject(new FinalError('the code was used')) })
    await installs.request(INSTALL)
    await failed
    expect(seen.exchanged).toHaveLength(1)
    expect((await queue.getFailed()).map(({ failedReason }) => failedReason)).toEqual(['the code was used'])
    expect(await queue.getDelayedCount()).toBe(0)
  })

  it('is one, however often its page is shown', async () => {
    const done = happens('completed')
    await installs.request(INSTALL)
    await installs.request(INSTALL)
    const seen = work()
    await done
    await installs.request(INSTALL)
    expect(seen.exchanged).toHaveLength(1)
    expect(await queue.getJobCountByTypes('waiting', 'delayed', 'active')).toBe(0)
  })

  it('stands in Redis without its code, and does not open with another key', async () => {
    await installs.request(INSTALL)
    const [job] = await queue.getWaiting()
    const stored = JSON.stringify([job?.data, await test.redis.hgetall(`${keys.jobs}:${keys.systemQueue}:${job?.id}`)])
    expect(stored).toContain('test.amocrm.ru')
    expect(stored).not.toContain(INSTALL.code)
    expect(() => new SecretBox([randomBytes(32)]).open(job?.data.sealedCode, `install-code:${job?.data.id}`)).toThrow()
  })

  it('with a payload that is none is not tried again', async () => {
    const failed = happens('failed')
    const seen = work()
    await queue.add('install', { host: 'test.amocrm.ru' }, { attempts: 9 })
    await failed
    expect(seen.exchanged).toEqual([])
    expect((await queue.getFailed())[0]?.failedReason).toContain('bad payload')
  })
})
