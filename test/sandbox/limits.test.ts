import { describe, expect, it } from 'vitest'
import { SlidingLimit } from '../../sandbox/sliding-limit.ts'
import { openSandbox } from './support/open-sandbox.ts'

describe('the sliding limit', () => {
  const limitAt = (blockAfter: number | null = null) => {
    const time = { now: 0 }
    const limit = new SlidingLimit({ requestsPerSecond: 3, blockAfter, clock: () => time.now })
    const take = (at: number, key = 'a') => {
      time.now = at
      return limit.take(key)
    }
    return { take, limit }
  }

  it.each([
    ['a burst', [0, 0, 0, 0], ['pass', 'pass', 'pass', 'too_many']],
    ['a second later to the millisecond', [0, 0, 0, 1000], ['pass', 'pass', 'pass', 'pass']],
    ['a millisecond early', [0, 0, 0, 999], ['pass', 'pass', 'pass', 'too_many']],
    ['around the turn of a second', [900, 950, 990, 1001, 1900], ['pass', 'pass', 'pass', 'too_many', 'pass']],
    ['an even pace', [0, 334, 668, 1001, 1335], ['pass', 'pass', 'pass', 'pass', 'pass']],
  ])('%s', (_, times, expected) => {
    const { take } = limitAt()
    expect(times.map((at) => take(at))).toEqual(expected)
  })

  it('counts every caller alone', () => {
    const { take } = limitAt()
    for (const _ of [1, 2, 3]) take(0, 'a')
    expect([take(0, 'a'), take(0, 'b')]).toEqual(['too_many', 'pass'])
  })

  it('blocks who keeps on, until somebody lifts it', () => {
    const { take, limit } = limitAt(2)
    expect([0, 0, 0, 1, 2, 3].map((at) => take(at))).toEqual([
      'pass',
      'pass',
      'pass',
      'too_many',
      'too_many',
      'blocked',
    ])
    expect(take(5000)).toBe('blocked')
    limit.unblock('a')
    expect(take(5000)).toBe('pass')
  })
})

describe('an account over its rate', () => {
  it('gets 429 as problem+json and passes when the second is over', async () => {
    let now = 0
    const { sandbox, api } = await openSandbox({ requestsPerSecond: 7, limiterClock: () => now })
    for (let sent = 0; sent < 7; sent += 1) expect((await api('GET', '/v4/account')).status).toBe(200)
    const refused = await api('GET', '/v4/account')
    expect(refused).toMatchObject({ status: 429, json: { status: 429, retry_after: 1 } })
    expect(refused.type).toContain('application/problem+json')
    now = 1000
    expect((await api('GET', '/v4/account')).status).toBe(200)
    expect(sandbox.stats.count({ status: 429 })).toBe(1)
    expect(sandbox.stats.maxInAnySlidingSecond()).toBe(8)
  })

  it('leaves other accounts alone', async () => {
    const { sandbox, api, apiAs } = await openSandbox({ accounts: 2, requestsPerSecond: 1, limiterClock: () => 0 })
    const [, second] = sandbox.worlds.keys()
    const other = apiAs(sandbox.longLivedToken(second === undefined ? {} : { accountId: second }))
    await api('GET', '/v4/account')
    expect((await api('GET', '/v4/account')).status).toBe(429)
    expect((await other('GET', '/v4/account')).status).toBe(200)
  })

  it('is blocked with a page of HTML if it keeps on, until support lifts it', async () => {
    let now = 0
    const { sandbox, api } = await openSandbox({ requestsPerSecond: 1, blockAfter: 1, limiterClock: () => now })
    const statuses = []
    for (let sent = 0; sent < 3; sent += 1) statuses.push((await api('GET', '/v4/account')).status)
    expect(statuses).toEqual([200, 429, 403])
    now = 100_000
    const blocked = await api('GET', '/v4/account')
    expect(blocked.status).toBe(403)
    expect(blocked.type).toContain('text/html')
    expect(blocked.text).toContain('nginx')
    sandbox.unblock()
    expect((await api('GET', '/v4/account')).status).toBe(200)
  })
})

describe('faults', () => {
  it('answer in place of the API', async () => {
    const { sandbox, api } = await openSandbox()
    sandbox.faults.onRequest = ({ path }) => (path.endsWith('/leads') ? { status: 504 } : undefined)
    expect((await api('GET', '/v4/leads')).status).toBe(504)
    expect((await api('GET', '/v4/account')).status).toBe(200)
    sandbox.faults.onRequest = () => ({ html: 403 })
    expect((await api('GET', '/v4/account')).type).toContain('text/html')
  })

  it('cut the connection before the work, or after it', async () => {
    const { sandbox, api } = await openSandbox()
    sandbox.faults.onRequest = () => ({ reset: true })
    await expect(api('POST', '/v4/leads', [{ name: 'a' }])).rejects.toThrow()
    expect(sandbox.world.leads.size).toBe(0)
    sandbox.faults.onRequest = () => ({ loseAnswer: true })
    await expect(api('POST', '/v4/leads', [{ name: 'a' }])).rejects.toThrow()
    expect(sandbox.world.leads.size).toBe(1)
  })

  it('leave a caller waiting', async () => {
    const { sandbox } = await openSandbox()
    const arrived = new Promise<void>((resolve) => {
      sandbox.faults.onRequest = () => {
        resolve()
        return { hang: true }
      }
    })
    const patience = new AbortController()
    const call = fetch(`${sandbox.url}/api/v4/account`, { signal: patience.signal })
    await arrived
    patience.abort()
    await expect(call).rejects.toThrow()
  })
})

it.each([
  ['GET', '/v4/nothing', 404],
  ['DELETE', '/v4/leads', 405],
  ['DELETE', '/v4/leads/17', 405],
  ['PATCH', '/v4/account', 405],
])('%s %s is answered %i', async (method, path, status) => {
  const { api } = await openSandbox()
  expect(await api(method, path)).toMatchObject({ status, json: { status } })
})

it('a test can wait for what happens', async () => {
  const { sandbox, api } = await openSandbox()
  const done = sandbox.stats.until(() => sandbox.stats.count({ path: '/api/v4/users', status: 200 }) === 2)
  await api('GET', '/v4/users')
  const last = api('GET', '/v4/users')
  await done
  expect((await last).status).toBe(200)
})
