import { describe, expect, it } from 'vitest'
import { fakeBackend, never, testServer } from '../test-server.ts'

const VALID = { code: 'def502', referer: 'example.amocrm.ru', client_id: 'client-1' }
const MARKETPLACE = { ...VALID, from_widget: '1', platform: '1' }

const callback = (query: Record<string, string>, accept = 'text/html', language = 'en') => ({
  url: `/oauth/callback?${new URLSearchParams(query)}`,
  headers: { accept, 'accept-language': language },
})

describe('an installation from the marketplace', () => {
  it.each([
    ['ru-RU,ru;q=0.9,en;q=0.8', 'Установка началась'],
    ['en-GB,ru;q=0.5', 'Installation has begun'],
  ])('is queued and answered at once, in the language of %s', async (language, title) => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(callback(MARKETPLACE, 'text/html', language))
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
    expect(answer.body).toContain(title)
    expect(installs).toEqual([{ code: VALID.code, host: VALID.referer, fromWidget: true }])
  })

  it('may come without the mark of a widget, and name a host in capitals', async () => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    await app.inject(callback({ ...VALID, referer: 'Example.AmoCRM.ru' }))
    expect(installs).toEqual([{ code: VALID.code, host: VALID.referer, fromWidget: false }])
  })

  it('may bring a state with nothing in it', async () => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    expect((await app.inject(callback({ ...MARKETPLACE, state: '' }))).statusCode).toBe(200)
    expect(installs).toHaveLength(1)
  })

  it('never shows the code, nor logs it', async () => {
    const log: string[] = []
    const app = await testServer({ log })
    const code = 'def50200c0dec0dec0dec0dec0dec0dec0de'
    const answer = await app.inject(callback({ ...VALID, code }))
    expect(answer.body).not.toContain(code)
    expect(log.length).toBeGreaterThan(0)
    expect(log.join('')).not.toContain(code)
  })

  it('shown again does nothing, and says so', async () => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    await app.inject(callback(MARKETPLACE))
    const again = await app.inject(callback(MARKETPLACE))
    expect([again.statusCode, again.body]).toEqual([409, expect.stringContaining('Asked for already')])
    expect(installs).toHaveLength(1)
  })
})

describe('an installation that is refused', () => {
  it.each<[string, Record<string, string>]>([
    ['another integration', { ...VALID, client_id: 'client-2' }],
    ['a host elsewhere', { ...VALID, referer: 'evil.example.com' }],
    ['a host that only ends alike', { ...VALID, referer: 'evilamocrm.ru' }],
    ['a domain without an account', { ...VALID, referer: 'amocrm.ru' }],
    ['a host under another one’s name', { ...VALID, referer: 'example.amocrm.ru.evil.com' }],
    ['a host with a path', { ...VALID, referer: 'example.amocrm.ru/../evil.com' }],
    ['a host with a port', { ...VALID, referer: 'example.amocrm.ru:8080' }],
    ['a host behind a user name', { ...VALID, referer: 'example.amocrm.ru@evil.com' }],
    ['a host of look-alike letters', { ...VALID, referer: 'example.аmocrm.ru' }],
    ['an address of this machine', { ...VALID, referer: '127.0.0.1' }],
    ['no code', { referer: VALID.referer, client_id: VALID.client_id }],
    ['an empty code', { ...VALID, code: '' }],
    ['no host', { code: VALID.code, client_id: VALID.client_id }],
    ['no integration', { code: VALID.code, referer: VALID.referer }],
    ['nothing at all', {}],
  ])('400, with a sentence: %s', async (_, query) => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(callback(query, 'application/json'))
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ status: 400, detail: expect.stringMatching(/\w/) })
    expect(installs).toEqual([])
  })

  it('400: a parameter given twice', async () => {
    const app = await testServer()
    const url = `/oauth/callback?${new URLSearchParams(VALID)}&code=another`
    expect((await app.inject({ url })).statusCode).toBe(400)
  })

  it('is a page for a browser, without what it was sent', async () => {
    const app = await testServer()
    const answer = await app.inject(callback({ ...VALID, referer: '<script>alert(1)</script>' }))
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch(/^text\/html/)
    expect(answer.body).not.toContain('<script')
    expect(answer.body).toContain('AMOCRM_ALLOWED_HOSTS')
  })

  it('says so when the person did not allow access', async () => {
    const { backend, installs } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(callback({ error: 'access_denied', client_id: 'client-1' }))
    expect(answer.statusCode).toBe(200)
    expect(answer.body).toContain('Access was not granted')
    expect(installs).toEqual([])
  })

  it('503: credentials are missing', async () => {
    const app = await testServer({ env: {}, backend: null })
    const answer = await app.inject(callback(VALID, 'text/html', 'ru'))
    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('Сервис не настроен')
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => never<'queued'>()],
  ])('503 before amoCRM stops waiting: the queue %s', async (_, request) => {
    const app = await testServer({ backend: fakeBackend({ installer: { request } }).backend })
    const start = performance.now()
    expect((await app.inject(callback(VALID))).statusCode).toBe(503)
    expect(performance.now() - start).toBeLessThan(2_900)
  })

  it('429: too many from one address', async () => {
    const app = await testServer()
    const answers = []
    for (let index = 0; index < 61; index++)
      answers.push(await app.inject(callback({ ...VALID, code: `code-${index}` }, 'application/json')))
    expect(answers.slice(0, 60).every(({ statusCode }) => statusCode === 200)).toBe(true)
    expect(answers[60]?.statusCode).toBe(429)
    expect(answers[60]?.json()).toMatchObject({ status: 429, detail: expect.stringMatching(/\w/) })
  })
})
