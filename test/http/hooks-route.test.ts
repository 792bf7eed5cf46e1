import { describe, expect, it } from 'vitest'
import type { HookBody } from '../../src/amocrm/hook-touch.ts'
import { ACCOUNT, fakeBackend, never, SECRET, testServer } from './test-server.ts'

const LEAD = { entity: 'lead', id: 17, incoming: false } as const

const hook = (body: Partial<HookBody> | string, secret = SECRET, headers: Record<string, string> = {}) => ({
  method: 'POST' as const,
  url: `/hooks/${secret}`,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  payload: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('an authentic webhook', () => {
  it.each<[string, string[]]>([
    ['names its account', [String(ACCOUNT)]],
    ['names no account', []],
    ['names an empty account', ['']],
  ])('is queued when it %s', async (_, accountIds) => {
    const { backend, accepted } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(hook({ accountIds, touches: [LEAD] }))
    expect(answer.statusCode).toBe(204)
    expect(answer.body).toBe('')
    expect(accepted).toEqual([{ accountId: ACCOUNT, touches: [LEAD] }])
  })

  it.each([
    ['application/x-www-form-urlencoded; charset=utf-8'],
    ['application/json'],
    ['text/plain'],
    ['application/octet-stream'],
    ['not a content type'],
    [';;;'],
  ])('reaches the parser as it came, with content type %s', async (contentType) => {
    const seen: [string, string | undefined][] = []
    const app = await testServer({
      parseHook: (raw, type) => {
        seen.push([raw.toString(), type])
        return { accountIds: [], touches: [] }
      },
    })
    const body = 'leads[add][0][id]=17&x=%5B%5D{"'
    expect((await app.inject(hook(body, SECRET, { 'content-type': contentType }))).statusCode).toBe(204)
    expect(seen).toEqual([[body, contentType]])
  })

  it('may come without a content type, and without a body', async () => {
    const { backend, accepted } = fakeBackend()
    const app = await testServer({ backend })
    const untyped = { method: 'POST' as const, url: `/hooks/${SECRET}` }
    expect((await app.inject(untyped)).statusCode).toBe(204)
    const payload = Buffer.from(JSON.stringify({ touches: [LEAD] }))
    expect((await app.inject({ ...untyped, payload, headers: { 'content-type': '' } })).statusCode).toBe(204)
    expect(accepted).toHaveLength(1)
  })

  it('that touches nothing of ours is answered 204 and queues nothing', async () => {
    const { backend, accepted } = fakeBackend({ intake: { accept: () => Promise.reject(new Error('not asked')) } })
    const app = await testServer({ backend })
    expect((await app.inject(hook({ touches: [] }))).statusCode).toBe(204)
    expect(accepted).toEqual([])
  })

  it('that the parser stumbles over is answered 204 and logged as our fault', async () => {
    const log: string[] = []
    const app = await testServer({ log })
    expect((await app.inject(hook('{broken'))).statusCode).toBe(204)
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'error', accountId: ACCOUNT }),
    )
  })
})

describe('a webhook that is refused', () => {
  it('404: its secret is nobody’s', async () => {
    const { backend, accepted } = fakeBackend()
    const app = await testServer({ backend })
    const answer = await app.inject(hook({ touches: [LEAD] }, 'guess'))
    expect(answer.statusCode).toBe(404)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.json()).toMatchObject({ status: 404, detail: expect.stringMatching(/\w/) })
    expect(accepted).toEqual([])
  })

  it.each([[['6']], [['5', '6']], [['05']], [['abc']], [['', '6']]])(
    '403: its body names another account %j, and nothing is queued',
    async (accountIds) => {
      const { backend, accepted } = fakeBackend()
      const app = await testServer({ backend })
      expect((await app.inject(hook({ accountIds, touches: [LEAD] }))).statusCode).toBe(403)
      expect(accepted).toEqual([])
    },
  )

  it('413: its body is over a mebibyte; one of exactly that is taken', async () => {
    const app = await testServer({ parseHook: () => ({ accountIds: [], touches: [] }) })
    expect((await app.inject(hook('x'.repeat(1024 * 1024)))).statusCode).toBe(204)
    const answer = await app.inject(hook('x'.repeat(1024 * 1024 + 1)))
    expect(answer.statusCode).toBe(413)
    expect(answer.json()).toMatchObject({ status: 413, detail: expect.stringContaining('1 MiB') })
  })

  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'] as const)('405: %s', async (method) => {
    const app = await testServer()
    const answer = await app.inject({ method, url: `/hooks/${SECRET}` })
    expect(answer.statusCode).toBe(405)
    expect(answer.headers.allow).toBe('POST')
  })

  it('503: settings are missing', async () => {
    const app = await testServer({ env: {}, backend: null })
    expect((await app.inject(hook({}))).statusCode).toBe(503)
  })
})

describe('a webhook when Redis fails', () => {
  it.each<[string, Parameters<typeof fakeBackend>[0]]>([
    ['the queue rejects', { intake: { accept: () => Promise.reject(new Error('Connection is closed.')) } }],
    ['the queue hangs', { intake: { accept: () => never() } }],
    ['the lookup rejects', { directory: { bySecret: () => Promise.reject(new Error('gone')), list: async () => [] } }],
    ['the lookup hangs', { directory: { bySecret: () => never(), list: async () => [] } }],
  ])('is refused with 503 in time: %s', async (_, parts) => {
    const app = await testServer({ backend: fakeBackend(parts).backend })
    const start = performance.now()
    const answer = await app.inject(hook({ touches: [LEAD] }))
    expect(answer.statusCode).toBe(503)
    expect(answer.headers['retry-after']).toBeDefined()
    expect(performance.now() - start).toBeLessThan(1_900)
  })

  it('is taken again as soon as the lookup works', async () => {
    const outcomes = [() => Promise.reject(new Error('gone')), async () => ACCOUNT]
    const bySecret = () => (outcomes.shift() ?? (async () => null))()
    const app = await testServer({ backend: fakeBackend({ directory: { bySecret, list: async () => [] } }).backend })
    expect((await app.inject(hook({ touches: [LEAD] }))).statusCode).toBe(503)
    expect((await app.inject(hook({ touches: [LEAD] }))).statusCode).toBe(204)
  })
})

describe('the cost of a webhook', () => {
  it('is one lookup for many hooks, of known secrets and unknown ones', async () => {
    const { backend, lookups } = fakeBackend()
    const app = await testServer({ backend })
    for (const secret of [SECRET, SECRET, 'guess', 'guess']) await app.inject(hook({}, secret))
    expect(lookups).toEqual([SECRET, 'guess'])
  })

  it('is not limited in rate', async () => {
    const app = await testServer()
    const answers = await Promise.all(Array.from({ length: 300 }, () => app.inject(hook({}))))
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([204]))
  })
})

describe('the log of a webhook', () => {
  it('ties the delivery to the entities it touched', async () => {
    const log: string[] = []
    const app = await testServer({ log })
    const id = '7f1c3a52-0c1d-4b7e-9a56-3f0d2f5f7c11'
    await app.inject(hook({ touches: [LEAD] }, SECRET, { 'x-amocrm-requestid': id }))
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ level: 'debug', requestId: id, accountId: ACCOUNT, touches: [LEAD] }),
    )
  })

  it('carries amoCRM’s own request id, and never the secret', async () => {
    const log: string[] = []
    const app = await testServer({ log, backend: fakeBackend({ intake: { accept: () => never() } }).backend })
    const id = '7f1c3a52-0c1d-4b7e-9a56-3f0d2f5f7c11'
    const answer = await app.inject(hook({ touches: [LEAD] }, SECRET, { 'x-amocrm-requestid': id }))
    expect(answer.json()).toMatchObject({ requestId: id })
    expect(log.length).toBeGreaterThan(0)
    expect(log.join('')).not.toContain(SECRET)
    expect(log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ requestId: id, route: '/hooks/:secret', status: 503 }),
    )
  })

  it.each(['short', 'x'.repeat(65), '<script>alert(1)</script>'])(
    'does not take over the odd request id %s',
    async (id) => {
      const app = await testServer()
      const answer = await app.inject(hook({}, 'guess', { 'x-amocrm-requestid': id }))
      expect(answer.json().requestId).toMatch(/^[\w-]{16}$/)
    },
  )
})
