import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lookJob } from '../../src/sync/job-catalog.ts'
import { REPAIRS } from '../../src/sync/sweep-watermark.ts'
import { mainContact } from '../support/test-context.ts'
import { type ApiTest, apiTest, OPS } from './api/support/api-test.ts'
import { FULL, testServer } from './test-server.ts'

let api: ApiTest

beforeEach(async () => {
  api = await apiTest()
})
afterEach(() => api.close())

const scrape = (headers: Record<string, string> = OPS) => api.app.inject({ url: '/metrics', headers })

/** The figures of one account, by name. */
const figures = async (accountId: number): Promise<Record<string, number>> => {
  const { body } = await scrape()
  const line = new RegExp(`^(\\w+)\\{account="${accountId}"\\} (\\S+)$`, 'gm')
  return Object.fromEntries([...body.matchAll(line)].map(([, name, value]) => [name, Number(value)]))
}

describe('the figures for Prometheus', () => {
  it('tell of each account how its work goes', async () => {
    const { world, context, queues } = api.mine
    world.addContact(1)
    world.addLead(17, { contacts: mainContact(1) })
    await queues.add(context.id, [lookJob({ entity: 'lead', id: 17, incoming: false })])
    api.mine.openWorker()
    await api.mine.idle()
    await context.notes.add(REPAIRS, 3)
    expect(await figures(context.id)).toMatchObject({
      amo_segments_account_active: 1,
      amo_segments_hooks_subscribed: 1,
      amo_segments_due_clients: 0,
      amo_segments_lag_seconds: 0,
      amo_segments_jobs: 0,
      amo_segments_jobs_failed: 0,
      amo_segments_intents: 0,
      amo_segments_repairs_total: 3,
      amo_segments_set_aside: 0,
    })
    const { body } = await scrape()
    const lifecycle = `amo_segments_clients\\{account="${context.id}",dimension="lifecycle",segment="\\w+"\\} (\\d)`
    expect([...body.matchAll(new RegExp(lifecycle, 'g'))].map(([, count]) => count).sort()).toEqual([
      '0',
      '0',
      '0',
      '0',
      '1',
    ])
  })

  it('tell how Redis and the process are', async () => {
    const { body } = await scrape()
    expect(body).toMatch(/^amo_segments_redis_up 1$/m)
    expect(body).toMatch(/^amo_segments_build_info\{version="\d+\.\d+\.\d+",node="v\d.*"\} 1$/m)
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect(body).toMatch(/^process_resident_memory_bytes \d+/m)
  })

  it('count what was answered by the route, never by the address', async () => {
    await api.app.inject({ url: api.path(), headers: OPS })
    await api.app.inject({ method: 'POST', url: '/hooks/some-secret' })
    await api.app.inject({ url: '/no/such/place' })
    const { body } = await scrape()
    expect(body).toMatch(/^amo_segments_http_requests_total\{method="GET",route="[^"]*:accountId",status="200"\} 1$/m)
    expect(body).toMatch(/^amo_segments_hooks_total\{answer="503"\} 1$/m)
    expect(body).toMatch(/^amo_segments_http_requests_total\{method="GET",route="unknown",status="404"\} 1$/m)
    expect(body).toMatch(/^amo_segments_http_request_seconds_bucket\{le="10",route="\/hooks\/:secret"\} 1$/m)
    expect(body).not.toContain('some-secret')
  })

  it('count the jobs that wait', async () => {
    const { context, queues } = api.mine
    await queues.add(
      context.id,
      [17, 18].map((id) => lookJob({ entity: 'lead', id, incoming: false })),
    )
    expect(await figures(context.id)).toMatchObject({ amo_segments_jobs: 2 })
  })

  it.each([
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer wrong' }],
  ])('are refused to whoever has %s', async (_, headers) => {
    const answer = await scrape(headers as Record<string, string>)
    expect(answer.statusCode).toBe(401)
    expect(answer.body).not.toContain('amo_segments_')
  })
})

describe('without an admin token', () => {
  it.each([
    ['production', 401],
    ['development', 200],
  ])('the figures of a service in %s are answered %i', async (mode, status) => {
    const app = await testServer({ env: { ...FULL, NODE_ENV: mode, REDIS_URL: 'redis://127.0.0.1:6379' } })
    expect((await app.inject({ url: '/metrics' })).statusCode).toBe(status)
  })
})
