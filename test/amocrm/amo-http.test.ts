import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AmoHttp, type AmoHttpOptions } from '../../src/amocrm/amo-http.ts'

const HOST = 'acme.amocrm.ru'
const newHttp = (options: Partial<AmoHttpOptions> = {}) => new AmoHttp({ allowedHosts: ['amocrm.ru'], ...options })
const get = { method: 'GET', path: '/api/v4/account', bearer: 'secret-token' } as const

beforeAll(() => {
  nock.disableNetConnect()
})
afterEach(() => nock.cleanAll())
afterAll(() => {
  nock.enableNetConnect()
  nock.restore()
})

describe('an exchange', () => {
  it('goes to the account over HTTPS with token, own name and JSON', async () => {
    const scope = nock('https://acme.amocrm.ru', {
      reqheaders: {
        authorization: 'Bearer secret-token',
        'user-agent': 'amo-segments',
        'content-type': 'application/json',
      },
    })
      .patch('/api/v4/leads', [{ id: 1 }])
      .query({ with: 'contacts' })
      .reply(200, { ok: true }, { 'content-type': 'application/hal+json' })
    const request = {
      ...get,
      method: 'PATCH',
      path: '/api/v4/leads',
      query: 'with=contacts',
      body: [{ id: 1 }],
    } as const
    expect(await newHttp().exchange(HOST, request)).toMatchObject({
      type: 'answer',
      status: 200,
      form: 'json',
      json: { ok: true },
    })
    expect(scope.isDone()).toBe(true)
  })

  it.each([
    [204, '', undefined, 'empty', undefined],
    [400, '{"title":"no"}', 'application/problem+json', 'json', { title: 'no' }],
    [403, '<html><body>nginx</body></html>', 'text/html', 'html', undefined],
    [502, ' <html>', undefined, 'html', undefined],
    [200, '{"id":1}', 'text/plain', 'other', undefined],
    [200, '{"id":', 'application/json', 'json', undefined],
  ])('answered %s %j of type %s is read as %s', async (status, body, type, form, json) => {
    nock('https://acme.amocrm.ru')
      .get('/api/v4/account')
      .reply(status, body, type ? { 'content-type': type } : {})
    expect(await newHttp().exchange(HOST, get)).toMatchObject({ type: 'answer', status, form, json })
  })

  it('follows no redirect', async () => {
    nock('https://acme.amocrm.ru').get('/api/v4/account').reply(302, '', { location: 'https://evil.example/' })
    const elsewhere = nock('https://evil.example').get('/').reply(200, {})
    expect(await newHttp().exchange(HOST, get)).toMatchObject({ type: 'answer', status: 302 })
    expect(elsewhere.isDone()).toBe(false)
  })

  it.each(['evil.example', 'acme.amocrm.ru.evil.example', 'acme.amocrm.ru:444', 'localhost'])(
    'never goes to %s',
    async (host) => {
      const request = { ...get, method: 'POST', path: '/oauth2/access_token', body: { client_secret: 'hush' } } as const
      const error = await newHttp()
        .exchange(host, request)
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({
        code: 'refused',
        details: { method: 'POST', path: '/oauth2/access_token', status: null },
      })
      expect(JSON.stringify(error)).not.toContain('hush')
    },
  )
})
