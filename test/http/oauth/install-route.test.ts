import type { FastifyInstance } from 'fastify'
import { describe, expect, it } from 'vitest'
import { FULL, fakeBackend, never, testServer } from '../test-server.ts'

const VALID = { code: 'def502', referer: 'example.amocrm.ru', client_id: 'client-1' }

/** Begins an installation as a browser does; answers where it is sent, with what state and cookie. */
const begin = async (app: FastifyInstance, cookie?: string) => {
  const answer = await app.inject({ url: '/oauth/install', headers: cookie === undefined ? {} : { cookie } })
  const target = new URL(String(answer.headers.location))
  const set = String(answer.headers['set-cookie'])
  return { answer, target, set, cookie: set.split(';')[0] ?? '', state: target.searchParams.get('state') ?? '' }
}

const comeBack = (app: FastifyInstance, query: Record<string, string>, cookie?: string) =>
  app.inject({
    url: `/oauth/callback?${new URLSearchParams({ ...VALID, ...query })}`,
    headers: { accept: 'application/json', ...(cookie === undefined ? {} : { cookie }) },
  })

const stage = async (env = FULL) => {
  const { backend, installs } = fakeBackend()
  return { app: await testServer({ backend, env }), installs }
}

describe('an installation by the button', () => {
  it('sends the browser to amoCRM with a state, and marks it', async () => {
    const { app } = await stage()
    const { answer, target, set, state } = await begin(app)
    expect(answer.statusCode).toBe(302)
    expect(target.origin + target.pathname).toBe('https://www.amocrm.ru/oauth')
    expect(target.searchParams.get('client_id')).toBe('client-1')
    expect(state).not.toBe('')
    expect(set).toMatch(/; Path=\/oauth; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/)
    expect(set).not.toContain(state)
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it.each([
    ['Kommo', {}, 'https://www.kommo.com'],
    ['elsewhere', {}, 'https://www.amocrm.ru'],
    ['amoCRM', { AMOCRM_ALLOWED_HOSTS: 'kommo.com' }, 'https://www.kommo.com'],
    ['Kommo', { AMOCRM_API_ORIGIN: 'http://127.0.0.1:4000' }, 'http://127.0.0.1:4000'],
  ])('at %s with %o goes to %s', async (at, env, origin) => {
    const { app } = await stage({ ...FULL, ...env })
    const answer = await app.inject({ url: `/oauth/install?at=${at}` })
    expect(new URL(String(answer.headers.location)).origin).toBe(origin)
  })

  it('ends in the browser it began in', async () => {
    const { app, installs } = await stage()
    const { state, cookie } = await begin(app)
    expect((await comeBack(app, { state }, `other=1; ${cookie}`)).statusCode).toBe(200)
    expect(installs).toEqual([{ code: VALID.code, host: VALID.referer, fromWidget: false }])
  })

  it('ends well also when another was begun beside it', async () => {
    const { app, installs } = await stage()
    const first = await begin(app)
    const second = await begin(app, first.cookie)
    expect(second.cookie).toBe(first.cookie)
    expect((await comeBack(app, { state: first.state }, second.cookie)).statusCode).toBe(200)
    expect((await comeBack(app, { state: second.state, code: 'another' }, second.cookie)).statusCode).toBe(200)
    expect(installs).toHaveLength(2)
  })

  it('over plain HTTP, as in a trial, has a cookie that a browser keeps', async () => {
    const { app } = await stage({ ...FULL, PUBLIC_URL: 'http://localhost:3000' })
    expect((await begin(app)).set).not.toContain('Secure')
  })

  it.each([
    ['rejects', () => Promise.reject(new Error('gone'))],
    ['hangs', () => never<string>()],
  ])('is not begun when Redis %s', async (_, issue) => {
    const { backend } = fakeBackend({ installer: { states: { issue, use: async () => false } } })
    const app = await testServer({ backend })
    expect((await app.inject({ url: '/oauth/install' })).statusCode).toBe(503)
  })

  it('is not begun before the service is set up', async () => {
    const app = await testServer({ env: {}, backend: null })
    expect((await app.inject({ url: '/oauth/install' })).statusCode).toBe(503)
  })
})

describe('a state is refused, and nothing is installed', () => {
  const refused = async (attack: (app: FastifyInstance) => Promise<{ statusCode: number; body: string }>) => {
    const { app, installs } = await stage()
    const answer = await attack(app)
    expect([answer.statusCode, JSON.parse(answer.body).title]).toEqual([403, 'This installation was not begun here'])
    return installs
  }

  it.each<[string, (app: FastifyInstance) => Promise<{ statusCode: number; body: string }>]>([
    ['that is unknown', async (app) => comeBack(app, { state: 'made-up' }, (await begin(app)).cookie)],
    ['that is unknown, from a widget', (app) => comeBack(app, { state: 'made-up', from_widget: '1' })],
    ['that is empty', async (app) => comeBack(app, { state: '' }, (await begin(app)).cookie)],
    ['without the browser', async (app) => comeBack(app, { state: (await begin(app)).state })],
    [
      'of another browser',
      async (app) => comeBack(app, { state: (await begin(app)).state }, (await begin(app)).cookie),
    ],
    [
      'with a cookie that is none',
      async (app) => comeBack(app, { state: (await begin(app)).state }, 'amo_segments_install=guessed'),
    ],
    ['that was left out', async (app) => comeBack(app, {}, (await begin(app)).cookie)],
    [
      'that was left out, as from a widget',
      async (app) => comeBack(app, { from_widget: '1' }, (await begin(app)).cookie),
    ],
  ])('%s', async (_, attack) => {
    expect(await refused(attack)).toEqual([])
  })

  it('that was used', async () => {
    const installs = await refused(async (app) => {
      const { state, cookie } = await begin(app)
      expect((await comeBack(app, { state }, cookie)).statusCode).toBe(200)
      return comeBack(app, { state, code: 'of-another-account', referer: 'other.amocrm.ru' }, cookie)
    })
    expect(installs).toEqual([{ code: VALID.code, host: VALID.referer, fromWidget: false }])
  })
})
