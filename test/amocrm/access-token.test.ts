import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TokenPair } from '../../src/amocrm/token-store.ts'
import { connectTestRedis, type TestRedis } from '../support/test-redis.ts'
import { LoopbackAmo, type Reply } from './support/loopback-amo.ts'
import { MemoryTokens, testAccount } from './support/test-account.ts'

let testRedis: TestRedis
let amo: LoopbackAmo
/** The far side's books: what is valid, and every refresh token it was shown. */
let valid: { access: string; refresh: string }
let shown: string[]
/** Answers a refresh in place of the books; `before`: the token was not used up, `after`: it was. */
let lose: 'before' | 'after' | null
/** Of the access tokens it gives, s. */
let life: number

beforeAll(async () => {
  testRedis = await connectTestRedis()
  amo = await LoopbackAmo.start(() => ({}))
})
beforeEach(() => {
  amo.arrivals.length = 0
  valid = { access: 'access-2', refresh: 'refresh-1' }
  shown = []
  lose = null
  life = 86_400
  let generation = 2
  amo.handler = ({ path, bearer, body }): Reply => {
    if (path !== '/oauth2/access_token') {
      return bearer === valid.access
        ? { json: { _embedded: { users: [{ id: 1 }] } } }
        : { status: 401, json: { title: 'Unauthorized' } }
    }
    const { refresh_token } = body as { refresh_token: string }
    shown.push(refresh_token)
    const how = lose
    lose = null
    if (how === 'before') return 'reset'
    if (refresh_token !== valid.refresh) return { status: 401, json: { hint: 'Token has been revoked' } }
    valid = { access: `access-${generation}`, refresh: `refresh-${generation}` }
    generation++
    if (how === 'after') return 'reset'
    return {
      json: { token_type: 'Bearer', expires_in: life, access_token: valid.access, refresh_token: valid.refresh },
    }
  }
})
afterAll(async () => {
  await amo.close()
  await testRedis.close()
})

const newAccount = (pair: Partial<TokenPair> = {}, options: Parameters<typeof testAccount>[2] = {}) => {
  const tokens = new MemoryTokens({ accessToken: 'access-1', refreshToken: 'refresh-1', expiresAt: null, ...pair })
  return testAccount(testRedis, amo.origin, { tokens, ...options })
}
const HOUR = 3_600_000

describe('a token that amoCRM refuses', () => {
  it('is refreshed once for 100 calls that found out', async () => {
    const { api, tokens } = newAccount()
    const users = await Promise.all(Array.from({ length: 100 }, () => api.users()))
    expect(users.every((list) => list.length === 1)).toBe(true)
    expect(shown).toEqual(['refresh-1'])
    expect(tokens.pair).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' })
  })

  it('is refreshed once for two processes', async () => {
    const { api, elsewhere } = newAccount()
    await Promise.all([api.users(), elsewhere().users(), api.users()])
    expect(shown).toEqual(['refresh-1'])
  })

  it('is asked for with the credentials', async () => {
    await newAccount().api.users()
    expect(amo.arrivals.find(({ path }) => path.startsWith('/oauth2'))?.body).toEqual({
      client_id: 'id',
      client_secret: 'secret',
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      redirect_uri: 'https://app.example/oauth',
    })
  })

  it('also when it is fresh means: connect anew', async () => {
    const blocked: unknown[] = []
    const { api } = newAccount({}, { events: { blocked: (event) => blocked.push(event) } })
    const { handler } = amo
    amo.handler = (arrival) => (arrival.path.startsWith('/oauth2') ? handler(arrival) : { status: 401, json: {} })
    await expect(api.users()).rejects.toMatchObject({ code: 'unauthorized' })
    expect(shown).toHaveLength(1)
    expect(blocked).toEqual([{ code: 'unauthorized', until: null }])
  })

  it('and replaced in the store meanwhile needs no refresh', async () => {
    const { api, tokens } = newAccount({ accessToken: 'access-2' })
    await api.users()
    valid = { access: 'access-9', refresh: 'refresh-9' }
    tokens.pair = { accessToken: 'access-9', refreshToken: 'refresh-9', expiresAt: null }
    await api.users()
    expect(shown).toEqual([])
  })

  it('without a refresh token, or without credentials, means: connect anew', async () => {
    await expect(newAccount({ refreshToken: null }).api.users()).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(newAccount({}, { oauth: null }).api.users()).rejects.toMatchObject({ code: 'unauthorized' })
    expect(shown).toEqual([])
  })
})

describe('a token that ends soon', () => {
  it('is refreshed before it is used, and stored before that', async () => {
    const now = Date.now()
    const { api, tokens } = newAccount({ expiresAt: now + 60_000 })
    await api.users()
    expect(amo.calls).toEqual(['POST /oauth2/access_token', 'GET /api/v4/users'])
    expect(tokens.written).toHaveLength(1)
    expect(tokens.pair?.expiresAt).toBeGreaterThanOrEqual(now + 24 * HOUR)
  })

  it('is refreshed once in its life, however short that is', async () => {
    life = 60
    const { api } = newAccount({ expiresAt: Date.now() + 60_000 })
    for (let call = 0; call < 3; call++) await api.users()
    expect(shown).toEqual(['refresh-1'])
  })

  it('is not when it lasts', async () => {
    await newAccount({ accessToken: 'access-2', expiresAt: Date.now() + HOUR }).api.users()
    expect(amo.calls).toEqual(['GET /api/v4/users'])
  })

  it('serves on while amoCRM cannot refresh it', async () => {
    valid.access = 'access-1'
    const { handler } = amo
    amo.handler = (arrival) => (arrival.path.startsWith('/oauth2') ? { status: 503 } : handler(arrival))
    expect(await newAccount({ expiresAt: Date.now() + 60_000 }).api.users()).toHaveLength(1)
  })

  it('is left alone when it is long-lived', async () => {
    valid.access = 'access-1'
    expect(await newAccount({ refreshToken: null, expiresAt: Date.now() + 1000 }).api.users()).toHaveLength(1)
  })
})

describe('a refresh whose answer is lost', () => {
  it('before amoCRM saw it loses nothing', async () => {
    lose = 'before'
    const { api, tokens } = newAccount()
    expect(await api.users()).toHaveLength(1)
    expect(shown).toEqual(['refresh-1', 'refresh-1'])
    expect(tokens.pair).toMatchObject({ refreshToken: 'refresh-2' })
  })

  it('after amoCRM used the token up means: connect anew, unless somebody stored a newer pair', async () => {
    lose = 'after'
    const { api, tokens } = newAccount()
    await expect(api.users()).rejects.toMatchObject({ code: 'unauthorized' })
    tokens.pair = { accessToken: valid.access, refreshToken: valid.refresh, expiresAt: null }
    expect(await api.users()).toHaveLength(1)
  })

  it('twice leaves the pair as it was, for the next call', async () => {
    const { api, tokens } = newAccount()
    const { handler } = amo
    amo.handler = (arrival) => (arrival.path.startsWith('/oauth2') ? { status: 500 } : handler(arrival))
    await expect(api.users()).rejects.toMatchObject({ code: 'unavailable' })
    expect(tokens.pair).toMatchObject({ refreshToken: 'refresh-1' })
    amo.handler = handler
    expect(await api.users()).toHaveLength(1)
  })
})

describe('a new pair', () => {
  it('that could not be stored is kept and stored by the next call', async () => {
    const { api, tokens } = newAccount()
    const replace = tokens.replaceTokens.bind(tokens)
    tokens.replaceTokens = () => Promise.reject(new Error('Redis is away'))
    await expect(api.users()).rejects.toThrow('Redis is away')
    tokens.replaceTokens = replace
    expect(await api.users()).toHaveLength(1)
    expect(shown).toEqual(['refresh-1'])
    expect(tokens.pair).toMatchObject({ refreshToken: 'refresh-2' })
  })

  it.each([
    ['a new installation', { accessToken: 'access-9', refreshToken: 'refresh-9', expiresAt: null }],
    ['a removal', null],
  ])('that comes after %s does not take its place', async (_, newer) => {
    const { api, tokens } = newAccount()
    const { handler } = amo
    amo.handler = (arrival) => {
      if (arrival.path.startsWith('/oauth2')) tokens.pair = newer
      if (newer && arrival.bearer === newer.accessToken) return { json: { _embedded: { users: [{ id: 1 }] } } }
      return handler(arrival)
    }
    if (newer) expect(await api.users()).toHaveLength(1)
    else await expect(api.users()).rejects.toMatchObject({ code: 'unauthorized' })
    expect(shown).toEqual(['refresh-1'])
    expect(tokens.pair).toEqual(newer)
  })

  it('that is no pair is an error without the answer in it', async () => {
    const { handler } = amo
    amo.handler = (arrival) =>
      arrival.path.startsWith('/oauth2') ? { json: { access_token: 'hush' } } : handler(arrival)
    const error = await newAccount()
      .api.users()
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'unavailable' })
    expect(`${JSON.stringify(error)}${String(error)}`).not.toContain('hush')
  })
})
