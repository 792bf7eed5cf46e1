import { describe, expect, it } from 'vitest'
import { never, testServer } from './test-server.ts'

describe('/health/live', () => {
  it('answers whatever Redis does and whatever is missing', async () => {
    const app = await testServer({ env: {}, backend: null, pingRedis: () => never() })
    expect((await app.inject({ url: '/health/live' })).json()).toEqual({ status: 'live' })
  })
})

describe('/health/ready', () => {
  it('is ready when Redis answers, also before anything is set up', async () => {
    const app = await testServer({ env: {}, backend: null })
    const answer = await app.inject({ url: '/health/ready' })
    expect(answer.statusCode).toBe(200)
    expect(answer.json()).toMatchObject({
      status: 'ready',
      missingSettings: expect.arrayContaining(['AMOCRM_CLIENT_ID']),
    })
  })

  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['does not answer', () => never(), /within a second/],
    ['cannot be reached', () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:6379')), /not reachable/],
  ])('says why not when Redis %s, without its address', async (_, pingRedis, reason) => {
    const app = await testServer({ pingRedis })
    const start = performance.now()
    const answer = await app.inject({ url: '/health/ready' })
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ status: 503, detail: expect.stringMatching(reason) })
    expect(answer.body).not.toContain('10.0.0.7')
    expect(performance.now() - start).toBeLessThan(1_400)
  })
})
