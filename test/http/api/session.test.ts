import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SessionTokens } from '../../../src/http/auth/session-tokens.ts'
import { ADMIN, type ApiTest, apiTest, OPS, SALESPERSON } from './support/api-test.ts'

let api: ApiTest

beforeAll(async () => {
  api = await apiTest()
})
afterAll(() => api.close())

const open = (headers: Record<string, string>) => api.app.inject({ method: 'POST', url: '/api/v1/session', headers })
const bearer = async (who: Record<string, unknown>) => ({
  authorization: `Bearer ${(await open(api.as(who))).json().token}`,
})

describe('a session', () => {
  it('is given for a one-time token, and works many times', async () => {
    const opened = await open(api.as(SALESPERSON))
    expect(opened.statusCode).toBe(201)
    expect(opened.json()).toMatchObject({ accountId: api.mine.context.id, userId: 2, isAdmin: false })
    const headers = { authorization: `Bearer ${opened.json().token}` }
    for (let time = 0; time < 3; time++) {
      expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
    }
  })

  it('may do what its person may, in his account alone', async () => {
    const [salesperson, admin] = [await bearer(SALESPERSON), await bearer(ADMIN)]
    const pause = (headers: Record<string, string>, office = api.mine) =>
      api.app.inject({ method: 'POST', url: api.path('/pause', office), headers })
    expect((await pause(salesperson)).json().code).toBe('admin_only')
    expect((await pause(admin, api.other)).json().code).toBe('other_account')
    expect((await pause(admin)).statusCode).toBe(200)
  })

  it('is over after half an hour', async () => {
    const headers = await bearer(ADMIN)
    api.mine.forward(29 * 60)
    expect((await api.app.inject({ url: api.path(), headers })).statusCode).toBe(200)
    api.mine.forward(60)
    expect((await api.app.inject({ url: api.path(), headers })).json().code).toBe('bearer_unknown')
  })

  it('is given neither for a used token, nor for a session, nor to the operator', async () => {
    const used = api.as(ADMIN)
    await open(used)
    expect((await open(used)).json().code).toBe('token_replayed')
    expect((await open(await bearer(ADMIN))).json().code).toBe('one_time_token_needed')
    expect((await open(OPS)).json().code).toBe('one_time_token_needed')
  })

  it('is no one-time token', async () => {
    const { authorization } = await bearer(ADMIN)
    const answer = await open({ 'x-auth-token': authorization.slice('Bearer '.length) })
    expect(answer.json().code).toBe('token_signature')
  })

  it('outlives the rotation of the encryption key', async () => {
    const [old, next] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)]
    const user = { type: 'user', accountId: 5, userId: 1, isAdmin: true } as const
    const { token } = await new SessionTokens([old]).issue(user, 1_000)
    expect(await new SessionTokens([next, old]).read(token, 1_001)).toEqual(user)
    expect(await new SessionTokens([next]).read(token, 1_001)).toBeNull()
  })
})

describe('who calls', () => {
  it('is told to himself', async () => {
    const whoever = async (headers: Record<string, string>) =>
      (await api.app.inject({ url: '/api/v1/session', headers })).json()
    const { id } = api.mine.context
    expect(await whoever(api.as(ADMIN))).toMatchObject({ type: 'user', accountId: id, isAdmin: true })
    expect(await whoever(api.as(SALESPERSON))).toMatchObject({ type: 'user', accountId: id, isAdmin: false })
    expect(await whoever(OPS)).toEqual({ type: 'ops', accountId: null, userId: null, isAdmin: true })
    expect(await whoever({})).toMatchObject({ code: 'token_missing' })
  })
})
