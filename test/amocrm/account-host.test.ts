import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AccountHost } from '../../src/amocrm/account-host.ts'
import { AmoHttp } from '../../src/amocrm/amo-http.ts'
import { claimsOf } from '../../src/amocrm/claims-of.ts'
import { hostNamed } from '../../src/amocrm/host-named.ts'
import { SlotGate } from '../../src/amocrm/slot-gate.ts'
import type { TokenPair } from '../../src/amocrm/token-store.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { LoopbackAmo, type Reply } from './support/loopback-amo.ts'

const KNOWN = 'old.amocrm.ru'

let test: TestRedis
let amo: LoopbackAmo
let answer: Reply
let now: number
let moved: string[]

const jwt = (claims: unknown) => `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
const pairOf = (claims: unknown): TokenPair => ({ accessToken: jwt(claims), refreshToken: 'refresh', expiresAt: null })
const USUAL = pairOf({ api_domain: 'api-b.amocrm.ru' })

beforeAll(async () => {
  test = await connectTestRedis()
  amo = await LoopbackAmo.start(() => answer)
})
beforeEach(() => {
  amo.arrivals.length = 0
  answer = { json: { id: 5, subdomain: 'new', domain: 'new.amocrm.ru' } }
  now = 1_000_000
  moved = []
})
afterAll(async () => {
  await amo.close()
  await test.close()
})

const hostOf = (pair: TokenPair | null = USUAL) => {
  const allowedHosts = ['amocrm.ru']
  return new AccountHost({
    ...{ accountId: 5, host: KNOWN, allowedHosts, tokens: { readTokens: async () => pair }, now: () => now },
    http: new AmoHttp({ allowedHosts, apiOrigin: amo.origin }),
    gate: new SlotGate({ redis: test.redis, limits: [{ key: `${test.root}:{5}:slots`, perSecond: 500 }] }),
    onMoved: async (to) => void moved.push(to),
  })
}

describe('where an account is', () => {
  it('is asked of amoCRM with the refresh token, once for all who want to know', async () => {
    const host = hostOf()
    expect(await Promise.all([host.hasLeft(KNOWN), host.hasLeft(KNOWN)])).toEqual([true, true])
    expect(host.current).toBe('new.amocrm.ru')
    expect(await host.hasLeft(KNOWN)).toBe(true)
    expect(moved).toEqual(['new.amocrm.ru'])
    expect(amo.calls).toEqual(['GET /oauth2/account/current/subdomain'])
  })

  it('is where it was: for a minute nobody asks again', async () => {
    answer = { json: { id: 5, subdomain: 'old', domain: KNOWN } }
    const host = hostOf()
    expect(await host.hasLeft(KNOWN)).toBe(false)
    now += 59_000
    expect(await host.hasLeft(KNOWN)).toBe(false)
    expect(amo.calls).toHaveLength(1)
    now += 2_000
    await host.hasLeft(KNOWN)
    expect(amo.calls).toHaveLength(2)
    expect(moved).toEqual([])
  })

  it.each<[string, Reply]>([
    ['of another account', { json: { id: 6, domain: 'new.amocrm.ru' } }],
    ['of a host elsewhere', { json: { id: 5, domain: 'new.evil.com' } }],
    ['of a host with a port', { json: { id: 5, domain: 'new.amocrm.ru:1' } }],
    ['of nobody', { json: {} }],
    ['of refusal', { status: 401, json: {} }],
    ['in HTML', { html: '<html></html>' }],
    ['sent elsewhere', { status: 302, headers: { location: 'https://evil.com/' } }],
    ['that never comes', 'reset'],
  ])('is not believed of an answer %s', async (_, reply) => {
    answer = reply
    const host = hostOf()
    expect([await host.hasLeft(KNOWN), host.current, moved]).toEqual([false, KNOWN, []])
    expect(amo.calls).toHaveLength(1)
  })

  it.each<[string, TokenPair | null]>([
    ['names an address elsewhere', pairOf({ api_domain: 'api.evil.com' })],
    ['names this machine', pairOf({ api_domain: '127.0.0.1' })],
    ['names none', pairOf({})],
    ['is no token of that form', { ...USUAL, accessToken: 'opaque' }],
    ['is a long-lived one', { ...USUAL, refreshToken: null }],
    ['was dropped', null],
  ])('is asked of nobody when the token %s', async (_, pair) => {
    expect(await hostOf(pair).hasLeft(KNOWN)).toBe(false)
    expect(amo.calls).toEqual([])
  })
})

describe('a host by its subdomain', () => {
  it.each([
    ['new', KNOWN, 'new.amocrm.ru'],
    ['New-1', 'old.kommo.com', 'new-1.kommo.com'],
    ['', KNOWN, KNOWN],
    ['a.b', KNOWN, KNOWN],
    ['evil.com/', KNOWN, KNOWN],
    ['-', KNOWN, KNOWN],
    ['new', 'localhost', 'localhost'],
  ])('%s, met on %s, is %s', (subdomain, known, host) => {
    expect(hostNamed(subdomain, known)).toBe(host)
  })
})

describe('what a token says', () => {
  it.each([
    '',
    'a',
    'a.b',
    `a.${Buffer.from('5').toString('base64url')}.c`,
    `a.${Buffer.from('null').toString('base64url')}.c`,
  ])('is nothing for %j', (token) => {
    expect(claimsOf(token)).toBeNull()
  })

  it('is its claims', () => {
    expect(claimsOf(jwt({ account_id: 5 }))).toEqual({ account_id: 5 })
  })
})
