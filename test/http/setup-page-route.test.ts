import { describe, expect, it } from 'vitest'
import type { AccountSummary } from '../../src/http/ports.ts'
import { FULL, fakeBackend, never, testServer } from './test-server.ts'

const ACCOUNT: AccountSummary = {
  id: 5,
  host: 'example.amocrm.ru',
  status: 'active',
  problem: null,
  removal: null,
  clients: 1234,
  backfill: 0.5,
}

const ADMIN_TOKEN = 'a-long-enough-admin-token'
const PRODUCTION = { ...FULL, NODE_ENV: 'production' }

const withAccounts = (...accounts: AccountSummary[]) =>
  fakeBackend({ directory: { bySecret: async () => null, list: async () => accounts } }).backend

describe('the start page', () => {
  it.each([
    ['ru', 'Чего не хватает'],
    ['en', 'What is missing'],
  ])('names each missing setting and what to do, in %s', async (lang, title) => {
    const app = await testServer({ env: { NODE_ENV: 'production' }, backend: null })
    const { statusCode, body } = await app.inject({ url: `/?lang=${lang}` })
    expect(statusCode).toBe(200)
    for (const name of ['PUBLIC_URL', 'ENCRYPTION_KEY', 'AMOCRM_CLIENT_ID', 'AMOCRM_CLIENT_SECRET'])
      expect(body.split(`<code>${name}</code>:`)).toHaveLength(2)
    expect(body).toContain(title)
  })

  it('says of each setting whether it is there', async () => {
    const { AMOCRM_CLIENT_SECRET: _, ...env } = FULL
    const { body } = await (await testServer({ env })).inject({ url: '/?lang=en' })
    expect(body).toContain('✓</span> <code>PUBLIC_URL</code>')
    expect(body).toContain('✗</span> <code>AMOCRM_CLIENT_SECRET</code>')
    expect(body).not.toContain('href="https://segments.example.com/oauth/install')
  })

  it.each([
    [undefined, undefined, 'ru'],
    ['de-DE,de;q=0.9', undefined, 'en'],
    ['kk', undefined, 'ru'],
    ['en;q=0.3, ru-RU;q=0.8', undefined, 'ru'],
    ['ru;q=0, en', undefined, 'en'],
    ['*', undefined, 'ru'],
    ['ru', 'en', 'en'],
    ['en', 'ru', 'ru'],
    ['en', 'xx', 'en'],
  ])('to %s with ?lang=%s speaks %s, and leads to the other language', async (accepted, asked, lang) => {
    const app = await testServer()
    const headers = accepted === undefined ? {} : { 'accept-language': accepted }
    const answer = await app.inject({ url: asked === undefined ? '/' : `/?lang=${asked}`, headers })
    expect(answer.body).toContain(`<html lang="${lang}">`)
    expect(answer.body).toContain(lang === 'ru' ? '<a href="/?lang=en"' : '<a href="/?lang=ru"')
    expect(answer.body).toContain(lang === 'ru' ? 'Все нужные настройки заданы.' : 'All needed settings are set.')
    expect(answer.headers['content-language']).toBe(lang)
  })

  it('offers the installation once all is set, and shows no secret', async () => {
    const app = await testServer()
    const { body } = await app.inject({ url: '/?lang=en' })
    expect(body).not.toContain('What is missing')
    expect(body).toContain('href="https://segments.example.com/oauth/install?at=amoCRM&amp;lang=en"')
    expect(body).toContain('href="https://segments.example.com/oauth/install?at=Kommo&amp;lang=en"')
    expect(body).toContain('https://segments.example.com/oauth/callback')
    expect(body).toContain('https://segments.example.com/oauth/disconnect')
    expect(body).not.toContain(FULL.AMOCRM_CLIENT_SECRET)
    expect(body).not.toContain(FULL.ENCRYPTION_KEY)
  })

  it('asks for no OAuth credentials where a long-lived token is set', async () => {
    const env = {
      PUBLIC_URL: 'https://segments.example.com',
      ENCRYPTION_KEY: FULL.ENCRYPTION_KEY,
      AMOCRM_LONG_LIVED_TOKEN: 'long-lived',
      AMOCRM_ACCOUNT_HOST: 'example.amocrm.ru',
    }
    const { body } = await (await testServer({ env })).inject({ url: '/?lang=en' })
    expect(body).not.toContain('What is missing')
    expect(body).toContain('example.amocrm.ru')
    expect(body).not.toContain('long-lived</')
  })

  it('warns when the requests do not go to amoCRM', async () => {
    const app = await testServer({ env: { ...FULL, AMOCRM_API_ORIGIN: 'http://127.0.0.1:4000' } })
    const { body } = await app.inject({ url: '/' })
    expect(body).toContain('class="note warning"')
    expect(body).toContain('http://127.0.0.1:4000')
  })

  it('applies its own style under a policy that allows nothing else', async () => {
    const { headers, body } = await (await testServer()).inject({ url: '/' })
    const policy = String(headers['content-security-policy'])
    expect(policy).toMatch(/^default-src 'none';style-src 'sha256-[\w+/=]+';/)
    expect(policy).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(body.match(/<style>/g)).toHaveLength(1)
    expect(body).not.toMatch(/<script| style=/)
  })
})

describe('the list of accounts', () => {
  it('shows how far each is, and why one does not work', async () => {
    const paused: AccountSummary = { ...ACCOUNT, id: 6, status: 'paused', problem: 'reconnect <it>', backfill: null }
    const { body } = await (await testServer({ backend: withAccounts(ACCOUNT, paused) })).inject({ url: '/?lang=en' })
    expect(body).toContain('base read: 50 %')
    expect(body).toContain('paused')
    expect(body).toContain('reconnect &lt;it&gt;')
  })

  it.each([
    [{ isByAmocrm: true, canCleanUp: false, isCleanedUp: false }, 'switched off in amoCRM, so the service cannot take'],
    [{ isByAmocrm: false, canCleanUp: true, isCleanedUp: false }, 'They can still be taken away'],
    [{ isByAmocrm: false, canCleanUp: true, isCleanedUp: true }, 'are being taken off the cards'],
    [{ isByAmocrm: false, canCleanUp: false, isCleanedUp: false }, 'There is no access to the account any more'],
  ])(
    'says of a removed account until when it may come back, and how its cards are cleaned: %o',
    async (how, sentence) => {
      const removal = { ...how, eraseAt: Date.UTC(2026, 11, 20) }
      const gone: AccountSummary = { ...ACCOUNT, status: 'disconnected', backfill: null, removal }
      const app = await testServer({ backend: withAccounts(gone) })
      const { body } = await app.inject({ url: '/?lang=en' })
      expect(body).toContain('Its data is kept until December 20, 2026')
      expect(body).toContain(sentence)
      expect((await app.inject({ url: '/?lang=ru' })).body).toContain('Данные хранятся до 20 декабря 2026')
    },
  )

  it('is a sentence while there is none', async () => {
    const { body } = await (await testServer({ backend: withAccounts() })).inject({ url: '/?lang=en' })
    expect(body).toContain('None yet.')
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => never<AccountSummary[]>()],
  ])('does not take the page down when Redis %s', async (_, list) => {
    const { backend } = fakeBackend({ directory: { bySecret: async () => null, list } })
    const { statusCode, body } = await (await testServer({ backend })).inject({ url: '/?lang=en' })
    expect(statusCode).toBe(200)
    expect(body).toContain('Redis does not answer.')
  })

  it('is hidden in production where no admin token is set', async () => {
    const app = await testServer({ env: PRODUCTION, backend: withAccounts(ACCOUNT) })
    const { body } = await app.inject({ url: '/' })
    expect(body).not.toContain(ACCOUNT.host)
    expect(body).toContain('<code>ADMIN_TOKEN</code>')
    expect((await app.inject({ url: '/?accounts=1' })).statusCode).toBe(401)
  })

  it.each<[string, string | undefined, boolean]>([
    ['nothing', undefined, false],
    ['a wrong password', `Basic ${Buffer.from('admin:wrong').toString('base64')}`, false],
    ['an empty password', `Basic ${Buffer.from('admin:').toString('base64')}`, false],
    ['a scheme alone', 'Bearer', false],
    ['the token as password', `Basic ${Buffer.from(`admin:${ADMIN_TOKEN}`).toString('base64')}`, true],
    ['the token as bearer', `Bearer ${ADMIN_TOKEN}`, true],
  ])('with an admin token, to one who shows %s', async (_, authorization, shown) => {
    const app = await testServer({ env: { ...PRODUCTION, ADMIN_TOKEN }, backend: withAccounts(ACCOUNT) })
    const headers = authorization === undefined ? {} : { authorization }
    expect((await app.inject({ url: '/', headers })).body.includes(ACCOUNT.host)).toBe(shown)
    const asked = await app.inject({ url: '/?accounts=1', headers })
    expect(asked.statusCode).toBe(shown ? 200 : 401)
    expect(asked.headers['www-authenticate']).toBe(shown ? undefined : 'Basic realm="accounts"')
  })
})
