import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ADMIN, ADMIN_TOKEN, type ApiTest, apiTest, CLIENT_SECRET, ENV, OPS } from './support/api-test.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
})
afterAll(() => api.close())

describe('the service itself', () => {
  it('tells the operator how it is set up, without its secrets', async () => {
    const answer = await api.app.inject({ url: '/api/v1/service', headers: OPS })
    expect(answer.json()).toMatchObject({
      ...{ missing: [], publicUrl: ENV.PUBLIC_URL, access: 'oauth', encryptionKeys: 1, trialOrigin: null },
      redirectUri: 'https://segments.example.com/oauth/callback',
      disconnectUri: 'https://segments.example.com/oauth/disconnect',
      redis: { version: expect.stringMatching(/^\d+\.\d+/) },
    })
    for (const secret of [ADMIN_TOKEN, CLIENT_SECRET, ENV.ENCRYPTION_KEY]) expect(answer.body).not.toContain(secret)
  })

  it('tells nobody else', async () => {
    const answer = await api.app.inject({ url: '/api/v1/service', headers: api.as(ADMIN) })
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'ops_only'])
  })
})
