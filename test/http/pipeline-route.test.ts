import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { signedToken } from '../../sandbox/oauth/jwt.ts'
import { ACCOUNT, FULL, fakeBackend, never, SECRET, testServer } from './test-server.ts'

const NOW = 1_790_000_000

interface Sent {
  readonly key?: string
  readonly account?: string
  readonly settings?: Record<string, string>
  readonly data?: Record<string, unknown>
  readonly headers?: Record<string, string>
}

const call = ({ key = SECRET, account = String(ACCOUNT), settings = {}, data = {}, headers = {} }: Sent = {}) => ({
  method: 'POST' as const,
  url: '/digital-pipeline',
  headers: { 'content-type': 'application/json', ...headers },
  payload: JSON.stringify({
    event: { type: 14, type_code: 'lead_status_changed', time: NOW, data: { id: 17, element_type: 2, ...data } },
    action: { settings: { widget: { settings: { ...(key !== '' && { key }), ...settings } } } },
    account_id: account,
  }),
})

/** A token as amoCRM signs it for this integration. */
const token = (claims: Record<string, unknown> = {}, secret = FULL.AMOCRM_CLIENT_SECRET ?? '') => {
  const now = Math.floor(Date.now() / 1000)
  return signedToken(
    {
      ...{
        iss: 'https://acme.amocrm.ru',
        aud: 'https://segments.example.com',
        jti: randomUUID(),
        client_uuid: 'client-1',
      },
      ...{ iat: now, nbf: now, exp: now + 900, account_id: ACCOUNT, user_id: 1, is_admin: true },
      ...claims,
    },
    secret,
  )
}

describe('an order of the Digital Pipeline', () => {
  it('with the key of its account is taken, and answered 204', async () => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(call())
    expect([answer.statusCode, answer.body]).toEqual([204, ''])
    const order = { dealId: 17, mode: 'recompute', only: null, at: NOW, incoming: false }
    expect(orders).toEqual([{ accountId: ACCOUNT, order }])
  })

  it('may be to carry out the actions of a segment', async () => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    await app.inject(call({ settings: { mode: 'act', segment: 'lifecycle:sleeping' } }))
    expect(orders).toMatchObject([{ order: { mode: 'act', only: 'lifecycle:sleeping' } }])
  })

  it.each(['application/json', 'text/plain', ';;;', ''])('is read whatever its content type: “%s”', async (type) => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    expect((await app.inject(call({ headers: { 'content-type': type } }))).statusCode).toBe(204)
    expect(orders).toHaveLength(1)
  })

  it('shows by a token of amoCRM too whose it is, as often as it comes', async () => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    const signed = call({ key: '', headers: { 'x-auth-token': token() } })
    for (let time = 0; time < 2; time++) expect((await app.inject(signed)).statusCode).toBe(204)
    expect(orders.map(({ accountId }) => accountId)).toEqual([ACCOUNT, ACCOUNT])
  })

  it('about no deal is answered 204 and orders nothing', async () => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    expect((await app.inject(call({ data: { element_type: 12 } }))).statusCode).toBe(204)
    expect(orders).toEqual([])
  })

  it.each<[string, Sent]>([
    ['no key', { key: '' }],
    ['a wrong key', { key: 'guessed' }],
    ['the key of another account', { account: '6' }],
    ['a forged token', { key: '', headers: { 'x-auth-token': token({}, 'another secret') } }],
    ['an expired token', { key: '', headers: { 'x-auth-token': token({ exp: 1 }) } }],
    ['the token of another account', { key: '', headers: { 'x-auth-token': token({ account_id: 6 }) } }],
    ['the token of another integration', { key: '', headers: { 'x-auth-token': token({ client_uuid: 'client-2' }) } }],
  ])('with %s is refused, and orders nothing', async (_, sent) => {
    const { backend, orders } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(call(sent))
    expect(answer.statusCode).toBe(403)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(orders).toEqual([])
  })

  it('is answered 503 within amoCRM’s two seconds when Redis does not take it', async () => {
    const { backend } = fakeBackend({ pipeline: { take: never } })
    const app = await testServer({ backend })
    const from = performance.now()
    const answer = await app.inject(call())
    expect(performance.now() - from).toBeLessThan(2_000)
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([503, '60'])
  })

  it('is answered 503 while settings are missing', async () => {
    const app = await testServer({ backend: null })
    expect((await app.inject(call())).statusCode).toBe(503)
  })
})
