import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET, testServer } from '../http/test-server.ts'
import { OPS, type WebStage, webStage } from './support/web-stage.ts'

let stage: WebStage
beforeAll(async () => {
  stage = await webStage()
})
afterAll(() => stage.close())

/** Never refused for coming too often: why stands beside each of them in the code. */
const UNLIMITED = ['POST /digital-pipeline', 'GET /health/live', 'GET /health/ready', 'POST /hooks/:secret']

const limitOf = async (method: string, url: string, headers: Record<string, string> = {}) =>
  Number((await fetch(`${stage.url}${url}`, { method, headers, redirect: 'manual' })).headers.get('x-ratelimit-limit'))

describe('the limit of requests from one address', () => {
  it('stands on every route but those that must never be refused', async () => {
    const open: string[] = []
    for (const { method, url } of stage.routes) {
      if (method === 'HEAD') continue
      const address = url.replace(':accountId', String(stage.mine.id)).replace(/[:*]\w*/g, '1')
      const limit = await limitOf(method, address)
      if (!(limit > 0 && limit <= 3_000)) open.push(`${method} ${url}`)
    }
    expect(open.toSorted()).toEqual(UNLIMITED.toSorted())
  })

  it('stands on addresses that do not exist', async () => {
    expect(await limitOf('GET', '/wp-login.php')).toBeGreaterThan(0)
  })

  it('is tight where the whole base is gone through', async () => {
    const preview = `/api/v1/accounts/${stage.mine.id}/policy/preview`
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => fetch(`${stage.url}${preview}`, { method: 'POST', headers: OPS })),
    )
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(10)
    expect(await refused[0]?.json()).toMatchObject({ code: 'too_many' })
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('counts by who asks: a stranger who names other addresses as his own is one, those behind a proxy are many', async () => {
    const app = await testServer()
    const ask = (remoteAddress: string, forwarded: string) =>
      app.inject({ url: '/oauth/callback', remoteAddress, headers: { 'x-forwarded-for': forwarded } })
    const refusedOf = async (remoteAddress: string) => {
      let refused = 0
      for (let at = 0; at < 70; at++) {
        if ((await ask(remoteAddress, `198.51.100.${at}`)).statusCode === 429) refused++
      }
      return refused
    }
    expect(await refusedOf('203.0.113.7')).toBe(10)
    expect(await refusedOf('10.0.0.1')).toBe(0)
  })

  it('refuses no burst of webhooks', async () => {
    const app = await testServer()
    const statuses = new Set<number>()
    // More than any limit lets through.
    for (let burst = 0; burst < 31; burst++) {
      const send = () => app.inject({ method: 'POST', url: `/hooks/${SECRET}`, remoteAddress: '203.0.113.9' })
      for (const { statusCode } of await Promise.all(Array.from({ length: 100 }, send))) statuses.add(statusCode)
    }
    expect([...statuses]).toEqual([204])
  })
})
