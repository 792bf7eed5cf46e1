import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, type ApiTest, apiTest, hostOf, OPS } from './support/api-test.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
})
afterAll(() => api.close())

const preflight = (url: string, origin: string) =>
  api.app.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-auth-token,content-type',
    },
  })
const own = () => `https://${hostOf(api.mine)}`

describe('a preflight', () => {
  it.each(['', '/pause', '/clients/contact/5/recompute'])('of the account’s own page is answered: %s', async (tail) => {
    const answer = await preflight(api.path(tail), own())
    expect(answer.statusCode).toBe(204)
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': own(),
      'access-control-allow-headers': expect.stringContaining('X-Auth-Token'),
      'access-control-allow-methods': expect.stringContaining('POST'),
      vary: 'Origin',
    })
    expect(answer.headers['access-control-allow-credentials']).toBeUndefined()
  })

  it('for a session is answered to pages of any installed account', async () => {
    for (const office of [api.mine, api.other]) {
      expect((await preflight('/api/v1/session', `https://${hostOf(office)}`)).statusCode).toBe(204)
    }
  })

  it.each([
    ['another account’s page', () => `https://${hostOf(api.other)}`],
    ['plain HTTP', () => `http://${hostOf(api.mine)}`],
    ['another port', () => `${own()}:8443`],
    ['a look-alike', () => `${own()}.evil.example`],
    ['no page', () => 'null'],
    ['a stranger', () => 'https://evil.example'],
  ])('of %s is refused', async (_, origin) => {
    const answer = await preflight(api.path(), origin())
    expect(answer.statusCode).toBe(403)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('about an account that has no installation is answered to accounts’ pages, which then learn that', async () => {
    const [path, origin] = ['/api/v1/accounts/999/cards/lead/1', 'https://account999.amocrm.ru']
    expect((await preflight(path, origin)).statusCode).toBe(204)
    const token = api.token({ account_id: 999, iss: origin })
    const answer = await api.app.inject({ url: path, headers: { origin, 'x-auth-token': token } })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'account_not_installed'])
    expect(answer.headers['access-control-allow-origin']).toBe(origin)
    expect((await preflight(path, 'https://evil.example')).statusCode).toBe(403)
  })

  it.each(['https://account999.amocrm.ru', 'https://evil.example'])(
    'for a session of %s is refused',
    async (origin) => {
      expect((await preflight('/api/v1/session', origin)).statusCode).toBe(403)
    },
  )
})

describe('an answer', () => {
  it('may be read by the account’s page, a refusal too', async () => {
    const headers = { origin: own(), 'x-auth-token': 'nonsense' }
    const answer = await api.app.inject({ url: api.path(), headers })
    expect(answer.statusCode).toBe(401)
    expect(answer.headers['access-control-allow-origin']).toBe(own())
  })

  it('may not be read by a stranger’s page, nor kept', async () => {
    const answer = await api.app.inject({ url: api.path(), headers: { ...OPS, origin: 'https://evil.example' } })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('names no page when the request names none', async () => {
    const answer = await api.app.inject({ url: api.path(), headers: api.as(ADMIN) })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('in a trial', () => {
  const TRIAL = 'http://127.0.0.1:4000'
  let trial: ApiTest

  beforeAll(async () => {
    trial = await apiTest({ AMOCRM_API_ORIGIN: TRIAL })
  })
  afterAll(() => trial.close())

  const ask = (test: ApiTest, origin: string) =>
    test.app.inject({ url: test.path(), headers: { ...test.as(ADMIN), origin } })

  it('pages of the origin that stands in for amoCRM are those of the account', async () => {
    const answer = await ask(trial, TRIAL)
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['access-control-allow-origin']).toBe(TRIAL)
  })

  it('no other page gains by it', async () => {
    const answer = await ask(trial, 'http://127.0.0.1:4001')
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'origin_mismatch'])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('which no service has that is not on trial', async () => {
    const answer = await ask(api, TRIAL)
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'origin_mismatch'])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})
