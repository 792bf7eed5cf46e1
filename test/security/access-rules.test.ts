import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RecordedRoute } from './support/recorded-routes.ts'
import { ADMIN, ADMIN_TOKEN, OPS, SALESPERSON, type WebStage, webStage } from './support/web-stage.ts'

let stage: WebStage
beforeAll(async () => {
  stage = await webStage()
})
afterAll(() => stage.close())

type Headers = Record<string, string>

const now = () => Math.floor(Date.now() / 1000)
const oneTime = (...args: Parameters<WebStage['token']>): Headers => ({ 'x-auth-token': stage.token(...args) })
const unsigned = (token: string): string => {
  const header = Buffer.from('{"typ":"JWT","alg":"none"}').toString('base64url')
  return `${header}.${token.split('.')[1]}.`
}

/** Routes of the API, each as it was registered. */
const guarded = (): RecordedRoute[] =>
  stage.routes.filter(({ url, method }) => url.startsWith('/api/v1/') && !['HEAD', 'OPTIONS'].includes(method))

const PARTS: Readonly<Record<string, string>> = { kind: 'contact', dimension: 'lifecycle', entity: 'contact' }
const addressOf = ({ url }: RecordedRoute, accountId = stage.mine.id) =>
  url.replace(':accountId', String(accountId)).replace(/:(\w+)/g, (_, name: string) => PARTS[name] ?? '1')

const call = (route: RecordedRoute, headers: Headers, accountId?: number) =>
  fetch(`${stage.url}${addressOf(route, accountId)}`, {
    method: route.method,
    headers: { ...headers, ...(route.method !== 'GET' && { 'content-type': 'application/json' }) },
    ...(route.method !== 'GET' && { body: '{}' }),
  })

/** Calls every route of a kind and answers what came back, once each; nothing may have changed. */
const codesOf = async (routes: readonly RecordedRoute[], headers: () => Headers, accountId?: number) => {
  const before = await stage.standing()
  const codes = new Set<string>()
  for (const route of routes) {
    const answer = await call(route, headers(), accountId)
    const { code } = (await answer.json()) as { code?: string }
    codes.add(`${answer.status} ${code}`)
  }
  expect(await stage.standing()).toBe(before)
  return [...codes]
}

/** Credentials that open nothing, wherever they are shown. */
const ATTACKS: readonly [string, string, () => Headers][] = [
  ['alg none', '401 token_malformed', () => ({ 'x-auth-token': unsigned(stage.token()) })],
  ['HS512', '401 token_malformed', () => oneTime({}, { algorithm: 'HS512' })],
  ['another key', '401 token_signature', () => oneTime({}, { secret: 'another' })],
  ['an empty key', '401 token_signature', () => oneTime({}, { secret: '' })],
  ['an expired token', '401 token_expired', () => oneTime({ exp: now() - 60 })],
  ['a token of later', '401 token_not_yet_valid', () => oneTime({ nbf: now() + 60 })],
  ['another audience', '401 token_audience', () => oneTime({ aud: 'https://evil.example' })],
  ['another issuer', '401 token_issuer', () => oneTime({ iss: 'https://account.amocrm.ru.evil.example' })],
  ['another integration', '401 token_client', () => oneTime({ client_uuid: 'another' })],
  ['a page of elsewhere', '403 origin_mismatch', () => ({ ...oneTime(), origin: 'https://evil.example' })],
]

const BEARER_ATTACKS: readonly [string, string, () => Headers][] = [
  ['nothing', '401 token_missing', () => ({})],
  ['a wrong admin token', '401 bearer_unknown', () => ({ authorization: `Bearer ${ADMIN_TOKEN}x` })],
  ['an empty bearer', '401 token_missing', () => ({ authorization: 'Bearer ' })],
  ['a one-time token as a bearer', '401 bearer_unknown', () => ({ authorization: `Bearer ${stage.token()}` })],
  ['alg none as a bearer', '401 bearer_unknown', () => ({ authorization: `Bearer ${unsigned(stage.token())}` })],
]

describe('every route of the API', () => {
  it('says who may use it: whatever changes is for administrators', () => {
    expect(guarded().length).toBeGreaterThan(40)
    expect(guarded().filter(({ access }) => access === undefined)).toEqual([])
    const open = guarded().filter(({ method, access }) => method !== 'GET' && access !== 'change')
    expect(open.map(({ method, url, access }) => `${method} ${url} ${access}`)).toEqual([
      'POST /api/v1/session session',
      'POST /api/v1/accounts/:accountId/policy/check read',
      'POST /api/v1/accounts/:accountId/policy/purchases read',
    ])
  })

  it('about an account has its id in the path', () => {
    const outside = guarded().filter(({ url, access }) => !url.includes('/accounts/:accountId') && access !== 'ops')
    expect(outside.map(({ method, url, access }) => `${method} ${url} ${access}`)).toEqual([
      'POST /api/v1/session session',
      'GET /api/v1/session read',
      'GET /api/v1/policy/schema read',
    ])
  })
})

/** Beyond the API: what everybody may ask for, and what shows by itself whose it is. */
const PUBLIC = /^\/(?:$|app\b|docs\b|health\/|hooks\/|oauth\/|digital-pipeline$)/

describe('beyond the API', () => {
  it('everything that is not for everybody asks for the operator', async () => {
    const inner = stage.routes.filter(({ url }) => !url.startsWith('/api/') && !PUBLIC.test(url))
    expect(inner.map(({ url }) => url)).toContain('/metrics')
    const before = await stage.standing()
    for (const { method, url } of inner) {
      for (const headers of [{}, { authorization: `Bearer ${ADMIN_TOKEN}x` }, oneTime()] as Headers[]) {
        const answer = await fetch(`${stage.url}${url.replace(/[:*]\w*/g, '1')}`, {
          method,
          headers,
          redirect: 'manual',
        })
        expect([method, url, answer.status]).toEqual([method, url, 401])
      }
    }
    expect(await stage.standing()).toBe(before)
  })
})

describe('is refused on every route, with nothing changed', () => {
  it.each(ATTACKS)('%s', async (_, expected, headers) => {
    const routes = guarded().filter(({ access }) => access !== 'ops')
    expect(await codesOf(routes, headers)).toEqual([expected])
  })

  it.each(BEARER_ATTACKS)('%s', async (_, expected, headers) => {
    expect(
      await codesOf(
        guarded().filter(({ access }) => access !== 'session'),
        headers,
      ),
    ).toEqual([expected])
  })

  it('a token that was used', async () => {
    const used = oneTime()
    expect((await fetch(`${stage.url}/api/v1/policy/schema`, { headers: used })).status).toBe(200)
    const routes = guarded().filter(({ access }) => access !== 'ops')
    expect(await codesOf(routes, () => used)).toEqual(['401 token_replayed'])
  })

  it('somebody of an account in which the integration is not installed', async () => {
    const routes = guarded().filter(({ access }) => access !== 'ops')
    const codes = await codesOf(routes, () => oneTime({ account_id: 999_999 }), 999_999)
    expect(codes).toEqual(['403 account_not_installed'])
  })

  it('an administrator of another account', async () => {
    const about = guarded().filter(({ url }) => url.includes(':accountId'))
    const stranger = () => oneTime(ADMIN, { accountId: stage.other.id })
    expect(await codesOf(about, stranger)).toEqual(['403 other_account'])
    const session = await fetch(`${stage.url}/api/v1/session`, { method: 'POST', headers: stranger() })
    const { token } = (await session.json()) as { token: string }
    expect(await codesOf(about, () => ({ authorization: `Bearer ${token}` }))).toEqual(['403 other_account'])
  })

  it('a salesperson who changes something', async () => {
    const changing = guarded().filter(({ access }) => access === 'change')
    expect(changing.length).toBeGreaterThan(12)
    expect(await codesOf(changing, () => oneTime(SALESPERSON))).toEqual(['403 admin_only'])
    const session = await fetch(`${stage.url}/api/v1/session`, { method: 'POST', headers: oneTime(SALESPERSON) })
    const { token } = (await session.json()) as { token: string }
    expect(await codesOf(changing, () => ({ authorization: `Bearer ${token}` }))).toEqual(['403 admin_only'])
  })

  it('an administrator who asks for what is the operator’s', async () => {
    const ops = guarded().filter(({ access }) => access === 'ops')
    expect(await codesOf(ops, () => oneTime(ADMIN))).toEqual(['403 ops_only'])
  })

  it('the operator, where only somebody of an account can be meant', async () => {
    const sessions = guarded().filter(({ access }) => access === 'session')
    expect(await codesOf(sessions, () => OPS)).toEqual(['401 one_time_token_needed'])
  })
})

describe('is let in', () => {
  it('a salesperson, wherever nothing changes', async () => {
    const refused: string[] = []
    for (const route of guarded().filter(({ access }) => access === 'read')) {
      const answer = await call(route, oneTime(SALESPERSON))
      if ([401, 403].includes(answer.status)) refused.push(route.url)
      await answer.body?.cancel()
    }
    expect(refused).toEqual([])
  })
})
