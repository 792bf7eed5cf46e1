import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AmoError } from '../../src/amocrm/amo-error.ts'
import type { AmoEvents } from '../../src/amocrm/amo-events.ts'
import type { Patience } from '../../src/amocrm/retry-table.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { densestSecond, LoopbackAmo, type Reply } from './support/loopback-amo.ts'
import { testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const USERS: Reply = { json: { _embedded: { users: [{ id: 1, name: 'A' }] } } }
const newAccount = (options?: Parameters<typeof testAccount>[2]) => testAccount(testRedis, amo.origin, options)
/** Answers with the replies in turn, then with the last one. */
const inTurn = (...replies: Reply[]) => {
  let turn = 0
  amo.handler = () => replies[Math.min(turn++, replies.length - 1)] ?? {}
}
const failureOf = async (call: Promise<unknown>): Promise<AmoError> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AmoError)) throw new Error(`no AmoError but ${String(error)}`)
  return error
}
const task = { text: 't', completeTill: 1, entityType: 'leads', entityId: 1 } as const

describe('what passes by itself', () => {
  it.each<[string, Reply]>([
    ['500', { status: 500, json: {} }],
    ['502 in HTML', { status: 502, html: '<html>' }],
    ['504', { status: 504, html: '<html>' }],
    ['HTML in place of JSON', { html: '<html>' }],
    ['a broken connection', 'reset'],
  ])('%s is tried again', async (_, reply) => {
    inTurn(reply, reply, USERS)
    expect(await newAccount().api.users()).toHaveLength(1)
    expect(amo.arrivals).toHaveLength(3)
  })

  it('but not for ever', async () => {
    inTurn({ status: 503, json: { detail: 'down' } })
    const error = await failureOf(newAccount().api.users())
    expect(error).toMatchObject({ code: 'unavailable', details: { method: 'GET', path: '/api/v4/users', status: 503 } })
    expect(amo.arrivals).toHaveLength(5)
  })
})

describe('what a repetition would do twice', () => {
  it.each<Reply>([{ status: 500, json: {} }, { status: 504 }, 'reset'])('is not repeated after %j', async (reply) => {
    inTurn(reply)
    expect((await failureOf(newAccount().api.createTask(task))).code).toBe('unavailable')
    expect(amo.arrivals).toHaveLength(1)
  })

  it('is repeated when it was certainly not done', async () => {
    inTurn({ status: 429, json: {} }, { status: 401, json: {} }, { json: { _embedded: { tasks: [{ id: 5 }] } } })
    const account = newAccount()
    const { handler } = amo
    amo.handler = (arrival) =>
      arrival.path.startsWith('/oauth2')
        ? { json: { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 86400 } }
        : handler(arrival)
    expect(await account.api.createTask(task)).toBe(5)
  })
})

describe('what never passes', () => {
  it.each<[number, string]>([
    [400, 'refused'],
    [402, 'payment_required'],
    [403, 'forbidden'],
    [404, 'refused'],
    [405, 'refused'],
    [422, 'refused'],
    [301, 'refused'],
  ])('%s is said at once: %s', async (status, code) => {
    inTurn({ status, json: { detail: 'because' } })
    const error = await failureOf(newAccount().api.users())
    expect(error).toMatchObject({ code, details: { status, answer: 'because' } })
    expect(error.message).toContain('GET /api/v4/users')
    expect(`${error.message}${JSON.stringify(error)}`).not.toMatch(/access-1|page=|\?/)
    expect(amo.arrivals).toHaveLength(1)
  })
})

describe('429', () => {
  it('slows down, and the call succeeds without its caller knowing', async () => {
    inTurn({ status: 429, json: { retry_after: 1 } }, USERS)
    const from = performance.now()
    expect(await newAccount().api.users()).toHaveLength(1)
    expect(performance.now() - from).toBeGreaterThan(1000)
  })

  it('without end is an error that says how long amoCRM asks to wait', async () => {
    inTurn({ status: 429, json: {}, headers: { 'retry-after': '7' } })
    const error = await failureOf(newAccount({ patience: { slowDownAttempts: 2 } }).api.users())
    expect(error).toMatchObject({ code: 'rate_limited', details: { retryAfterMs: 7000 } })
    expect(amo.arrivals).toHaveLength(2)
  })
})

describe('403 in HTML', () => {
  const PAGE: Reply = { status: 403, html: '<html>nginx</html>' }
  type Blocked = Parameters<NonNullable<AmoEvents['blocked']>>[0]
  const blockable = (patience: Partial<Patience>) => {
    const told: Blocked[] = []
    return { told, ...newAccount({ patience, events: { blocked: (event) => told.push(event) } }) }
  }

  it('that is a stray one is waited out, also by what must not happen twice: nothing was done', async () => {
    const { api, told } = blockable({ firstClosing: 50 })
    inTurn(PAGE, { json: { _embedded: { tasks: [{ id: 5 }] } } })
    const from = Date.now()
    expect(await api.createTask(task)).toBe(5)
    expect(amo.arrivals).toHaveLength(2)
    expect(told).toMatchObject([{ code: 'blocked' }])
    expect(told[0]?.until).toBeGreaterThanOrEqual(from + 50)
  })

  it('that comes again closes the account in all processes, tells why, and is looked at again later', async () => {
    const { api, elsewhere, told } = blockable({ firstClosing: 100, longestClosedWait: 150 })
    inTurn(PAGE)
    expect(await failureOf(api.users())).toMatchObject({ code: 'blocked', details: { status: 403, retryAfterMs: 200 } })
    expect(told.map(({ code }) => code)).toEqual(['blocked', 'blocked'])

    const error = await failureOf(elsewhere().users())
    expect(error.code).toBe('blocked')
    expect(error.details.retryAfterMs).toBeLessThanOrEqual(200)
    expect(amo.arrivals).toHaveLength(2)

    inTurn(USERS)
    await expect.poll(() => api.users().catch(() => []), { timeout: 5000 }).toHaveLength(1)
  })

  it('that only one call gets does not keep it trying for ever', async () => {
    const { api, elsewhere } = blockable({ firstClosing: 20 })
    const other = elsewhere()
    amo.handler = ({ path }) => (path === '/api/v4/users' ? PAGE : { status: 204 })
    const refused = failureOf(api.users())
    const served = async () => {
      await other.contact(5, 'live')
      return amo.arrivals.filter(({ path }) => path === '/api/v4/users').length
    }
    await expect.poll(served, { timeout: 8000, interval: 10 }).toBe(3)
    expect((await refused).code).toBe('blocked')
  })
})

describe('events', () => {
  it('tell of every exchange by its template, and of accounts that cannot be served', async () => {
    const done: unknown[] = []
    const blocked: unknown[] = []
    const { api } = newAccount({
      events: { requestDone: (event) => done.push(event), blocked: (event) => blocked.push(event) },
    })
    inTurn({ status: 500 }, { status: 204 }, { status: 402, json: {} })
    await api.contact(5, 'live')
    await failureOf(api.users())
    expect(await api.communications('events', 1)).toEqual({ items: [], hasNext: false })
    expect(done).toMatchObject([
      { method: 'GET', path: '/api/v4/contacts/{id}', status: 500 },
      { method: 'GET', path: '/api/v4/contacts/{id}', status: 204 },
      { method: 'GET', path: '/api/v4/users', status: 402 },
      { method: 'GET', path: '/api/v4/events', status: 402 },
    ])
    expect(blocked).toEqual([{ code: 'payment_required', until: null }])
  })
})

describe('the limit', () => {
  it('holds at the wire in any sliding second, over two processes', async () => {
    const { api, elsewhere } = newAccount({ requestsPerSecond: 7, marginMs: 200 })
    const other = elsewhere()
    inTurn(USERS)
    await Promise.all(Array.from({ length: 20 }, (_, n) => (n % 2 ? api : other).users()))
    expect(amo.arrivals).toHaveLength(20)
    expect(densestSecond(amo.arrivals)).toBe(7)
  })
})
