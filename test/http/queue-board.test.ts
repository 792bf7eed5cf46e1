import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookJob } from '../../src/sync/job-catalog.ts'
import { ADMIN_TOKEN, type ApiTest, apiTest, OPS } from './api/support/api-test.ts'
import { testServer } from './test-server.ts'

let api: ApiTest
beforeEach(async () => {
  api = await apiTest()
})
afterEach(() => api.close())

const basic = { authorization: `Basic ${Buffer.from(`ops:${ADMIN_TOKEN}`).toString('base64')}` }
const get = (url: string, headers: Record<string, string> = basic) => api.app.inject({ url, headers })

describe('the board of queues', () => {
  it('shows its page to the operator, under a policy of its own', async () => {
    expect((await get('/ops/queues')).headers.location).toBe('/ops/queues/')
    const page = await get('/ops/queues/')
    expect(page.statusCode).toBe(200)
    expect(page.headers['content-type']).toContain('text/html')
    expect(page.body).toContain('<base href="/ops/queues/" />')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('http')
    const [, script = ''] = /<script defer src="([^"]+)"/.exec(page.body) ?? []
    const loaded = await get(`/ops/queues/${script}`)
    expect([loaded.statusCode, loaded.headers['content-type']]).toEqual([200, expect.stringContaining('javascript')])
    expect(String((await get('/')).headers['content-security-policy'])).not.toContain("script-src 'self'")
  })

  it('tells of the jobs of every account, with a bearer token too', async () => {
    const { context, queues } = api.mine
    await queues.add(context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
    const answer = await get('/ops/queues/api/queues?activeQueue=&page=1&jobsPerPage=10', OPS)
    const { queues: shown } = answer.json() as { queues: { name: string; counts: { waiting: number } }[] }
    expect(shown.map(({ name }) => name).sort()).toEqual([`{${context.id}}`, `{${api.other.context.id}}`].sort())
    expect(shown.find(({ name }) => name === `{${context.id}}`)?.counts.waiting).toBe(1)
    expect(shown).toEqual(shown.map(() => expect.objectContaining({ readOnlyMode: true })))
  })

  it('changes nothing', async () => {
    const { context, queues } = api.mine
    await queues.add(context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
    const before = await api.standing()
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH'] as const) {
      const url = `/ops/queues/api/queues/%7B${context.id}%7D/empty`
      expect((await api.app.inject({ method, url, headers: OPS })).statusCode).toBe(404)
    }
    expect(await api.standing()).toBe(before)
  })

  it.each([
    ['nobody', {}],
    ['a wrong password', { authorization: `Basic ${Buffer.from('ops:wrong').toString('base64')}` }],
    ['a salesperson', { authorization: 'Bearer something' }],
  ])('is closed to %s', async (_, headers) => {
    for (const url of ['/ops/queues', '/ops/queues/', '/ops/queues/api/queues']) {
      const answer = await get(url, headers as Record<string, string>)
      expect(answer.statusCode).toBe(401)
      expect(answer.headers['www-authenticate']).toContain('Basic')
    }
  })

  it('is closed in production while there is no token, and has nothing to show before it is set up', async () => {
    const closed = await testServer({ env: { NODE_ENV: 'production' } })
    expect((await closed.inject({ url: '/ops/queues/' })).statusCode).toBe(401)
    const open = await testServer({ env: {} })
    expect((await open.inject({ url: '/ops/queues/' })).statusCode).toBe(503)
  })
})
