import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, ADMIN_TOKEN, type ApiTest, apiTest, hostOf, OPS, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
})
afterAll(() => api.close())

const now = () => Math.floor(api.mine.clock.now / 1000)
const unsigned = (text: string) => Buffer.from(text).toString('base64url')
const parts = (token: string) => token.split('.') as [string, string, string]

/** Credentials that must not work, whatever is asked for with them. */
const ATTACKS: readonly [string, number, string, () => Record<string, string>][] = [
  ['no token', 401, 'token_missing', () => ({})],
  ['an empty token', 401, 'token_malformed', () => ({ 'x-auth-token': '' })],
  ['no JWT', 401, 'token_malformed', () => ({ 'x-auth-token': 'a.b.c' })],
  ['a very long token', 401, 'token_malformed', () => ({ 'x-auth-token': 'x'.repeat(8_000) })],
  [
    'the algorithm none',
    401,
    'token_malformed',
    () => {
      const [, claims] = parts(api.token())
      return { 'x-auth-token': `${unsigned('{"typ":"JWT","alg":"none"}')}.${claims}.` }
    },
  ],
  ['another algorithm', 401, 'token_malformed', () => ({ 'x-auth-token': api.token({}, { algorithm: 'HS512' }) })],
  ['another key', 401, 'token_signature', () => ({ 'x-auth-token': api.token({}, { secret: 'another' }) })],
  [
    'claims changed after signing',
    401,
    'token_signature',
    () => {
      const [header, , signature] = parts(api.token(SALESPERSON))
      const [, claims] = parts(api.token(ADMIN))
      return { 'x-auth-token': `${header}.${claims}.${signature}` }
    },
  ],
  ['an expired token', 401, 'token_expired', () => ({ 'x-auth-token': api.token({ exp: now() - 31 }) })],
  ['a token of tomorrow', 401, 'token_not_yet_valid', () => ({ 'x-auth-token': api.token({ nbf: now() + 31 }) })],
  ['a token issued later', 401, 'token_not_yet_valid', () => ({ 'x-auth-token': api.token({ iat: now() + 31 }) })],
  ['another audience', 401, 'token_audience', () => ({ 'x-auth-token': api.token({ aud: 'https://evil.example' }) })],
  ['another integration', 401, 'token_client', () => ({ 'x-auth-token': api.token({ client_uuid: 'client-2' }) })],
  ...[
    'https://amocrm.ru.evil.example',
    'http://account1.amocrm.ru',
    'https://amocrm.ru',
    'https://u@account1.amocrm.ru',
    'account1',
    '',
  ].map(
    (iss) =>
      [`the issuer “${iss}”`, 401, 'token_issuer', () => ({ 'x-auth-token': api.token({ iss }) })] as [
        string,
        number,
        string,
        () => Record<string, string>,
      ],
  ),
  ['no id of the token', 401, 'token_malformed', () => ({ 'x-auth-token': api.token({ jti: undefined }) })],
  ['no end', 401, 'token_malformed', () => ({ 'x-auth-token': api.token({ exp: undefined }) })],
  ['no account', 401, 'token_malformed', () => ({ 'x-auth-token': api.token({ account_id: undefined }) })],
  ['an admin by word', 401, 'token_malformed', () => ({ 'x-auth-token': api.token({ is_admin: 'yes' }) })],
  [
    'a page of another account',
    403,
    'origin_mismatch',
    () => ({ ...api.as(ADMIN), origin: `https://${hostOf(api.other)}` }),
  ],
  ['another account’s token', 403, 'other_account', () => api.as(ADMIN, api.other)],
  ['a wrong admin token', 401, 'bearer_unknown', () => ({ authorization: `Bearer ${ADMIN_TOKEN}x` })],
  ['half an admin token', 401, 'bearer_unknown', () => ({ authorization: `Bearer ${ADMIN_TOKEN.slice(0, -1)}` })],
  ['the admin token as a password', 401, 'token_missing', () => ({ authorization: `Basic ${ADMIN_TOKEN}` })],
  ['a one-time token as a bearer', 401, 'bearer_unknown', () => ({ authorization: `Bearer ${api.token()}` })],
]

describe('is refused, with nothing changed', () => {
  it.each(ATTACKS)('%s', async (_, status, code, headers) => {
    const before = await api.standing()
    const sent = headers()
    const read = await api.app.inject({ url: api.path(), headers: sent })
    expect({ status: read.statusCode, code: read.json().code }).toEqual({ status, code })
    expect(read.headers['content-type']).toContain('application/problem+json')
    expect(read.json().detail).toMatch(/^[A-Z].+\.$/)
    const change = await api.app.inject({ method: 'POST', url: api.path('/pause'), headers: sent })
    expect(change.json().code).toBe(code)
    expect(await api.standing()).toBe(before)
  })

  it('a change by somebody who is no administrator', async () => {
    const before = await api.standing()
    const answer = await api.app.inject({ method: 'POST', url: api.path('/pause'), headers: api.as(SALESPERSON) })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'admin_only'])
    expect(await api.standing()).toBe(before)
  })

  it('an account in which the integration is not installed', async () => {
    const headers = { 'x-auth-token': api.token({ account_id: 999_999 }) }
    const answer = await api.app.inject({ url: '/api/v1/accounts/999999', headers })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'account_not_installed'])
  })

  it('the list of all accounts, to anybody but the operator', async () => {
    const answer = await api.app.inject({ url: '/api/v1/accounts', headers: api.as(ADMIN) })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'ops_only'])
  })
})

describe('is admitted', () => {
  it('somebody of the account, to read', async () => {
    const answer = await api.app.inject({ url: api.path(), headers: api.as(SALESPERSON) })
    expect(answer.json()).toMatchObject({ id: api.mine.context.id, host: hostOf(api.mine), status: 'active' })
  })

  it('a page of the account itself', async () => {
    const headers = { ...api.as(SALESPERSON), origin: `https://${hostOf(api.mine)}` }
    const answer = await api.app.inject({ url: api.path(), headers })
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe(headers.origin)
  })

  it('a token within the leeway of the clocks', async () => {
    for (const claims of [{ nbf: now() + 29, iat: now() + 29 }, { exp: now() - 29 }]) {
      const headers = { 'x-auth-token': api.token(claims) }
      expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
    }
  })

  it('the operator, to every account and to the list of them', async () => {
    for (const office of [api.mine, api.other]) {
      expect((await api.app.inject({ url: api.path('', office), headers: OPS })).statusCode).toBe(200)
    }
    const { accounts } = (await api.app.inject({ url: '/api/v1/accounts', headers: OPS })).json()
    expect(accounts.map(({ id }: { id: number }) => id).toSorted()).toEqual(
      [api.mine, api.other].map(({ context }) => context.id).toSorted(),
    )
  })
})

describe('a one-time token', () => {
  it('works once', async () => {
    const headers = api.as(ADMIN)
    expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
    const again = await api.app.inject({ url: api.path(), headers })
    expect([again.statusCode, again.json().code]).toEqual([401, 'token_replayed'])
  })

  it('works once when it comes many times at once', async () => {
    const headers = api.as(ADMIN)
    const all = await Promise.all(Array.from({ length: 10 }, () => api.app.inject({ url: api.path(), headers })))
    expect(all.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
  })

  it('is remembered until it expires', async () => {
    const jti = 'remembered'
    const usedTokens = () => api.test.redis.keys(`${api.test.root}*used-token*`)
    const before = await usedTokens()
    const headers = { 'x-auth-token': api.token({ jti, exp: now() + 500 }) }
    expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
    const [key = '', ...others] = (await usedTokens()).filter((one) => !before.includes(one))
    expect(others).toEqual([])
    expect(key).not.toContain(jti)
    const ttl = await api.test.redis.ttl(key)
    expect(ttl).toBeGreaterThan(400)
    expect(ttl).toBeLessThanOrEqual(530)
  })

  it('is not used up by a request that is refused', async () => {
    const headers = api.as(SALESPERSON)
    await api.app.inject({ method: 'POST', url: api.path('/pause'), headers })
    expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
  })

  it('leaves no trace in the log', async () => {
    const headers = api.as(ADMIN)
    await api.app.inject({ url: api.path(), headers })
    expect(api.log.join('\n')).not.toContain(headers['x-auth-token'])
  })
})
