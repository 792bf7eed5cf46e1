import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Sandbox } from '../../sandbox/create-sandbox.ts'
import { openSandbox } from './support/open-sandbox.ts'

const MINUTE = 60_000

interface Asked {
  readonly path: string
  readonly query: URLSearchParams
}

/** Stands for the product's addresses: notes what is asked of it and answers 200. */
async function openProduct() {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost')
    asked.push({ path: url.pathname, query: url.searchParams })
    response.end('ok')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

async function exchange(sandbox: Sandbox, body: Record<string, unknown>) {
  const { clientId, clientSecret, redirectUri } = sandbox.integration
  const answer = await fetch(`${sandbox.url}/oauth2/access_token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, ...body }),
  })
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> }
}

async function installed(options: { now?: () => number } = {}) {
  const product = await openProduct()
  const redirectUri = `${product.origin}/oauth/callback`
  const { sandbox, api, apiAs } = await openSandbox({ redirectUri, ...options })
  await sandbox.install()
  const code = product.asked[0]?.query.get('code')
  return { product, sandbox, api, apiAs, code }
}

describe('installation', () => {
  it('calls the redirect address as a widget does, without a state', async () => {
    const { product, sandbox } = await installed()
    const [call] = product.asked
    expect(call?.path).toBe('/oauth/callback')
    expect(call?.query.get('referer')).toBe(`${sandbox.world.account.subdomain}.amocrm.ru`)
    expect(call?.query.get('client_id')).toBe(sandbox.integration.clientId)
    expect(call?.query.get('from_widget')).toBe('1')
    expect(call?.query.has('state')).toBe(false)
  })

  it('carries the state of a button', async () => {
    const { product, sandbox } = await installed()
    await sandbox.install({ state: 'abc' })
    expect(product.asked[1]?.query.get('state')).toBe('abc')
    expect(product.asked[1]?.query.has('from_widget')).toBe(false)
  })

  it('is not troubled by a product that is not there', async () => {
    const { sandbox } = await openSandbox()
    expect(await sandbox.install({ redirect: 'http://127.0.0.1:9/oauth/callback' })).toMatchObject({ status: 0 })
  })
})

describe('the token endpoint', () => {
  it('changes a code into a pair that opens the account', async () => {
    const { sandbox, apiAs, code } = await installed()
    const { status, json } = await exchange(sandbox, { grant_type: 'authorization_code', code })
    expect(status).toBe(200)
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 })
    const account = await apiAs(String(json.access_token))('GET', '/v4/account')
    expect(account.json.id).toBe(sandbox.world.account.id)
  })

  it('gives access tokens with the documented claims', async () => {
    const { sandbox } = await openSandbox()
    const [head, claims] = sandbox
      .tokens()
      .access_token.split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    expect(head.alg).toBe('RS256')
    expect(claims).toMatchObject({
      aud: sandbox.integration.clientId,
      sub: String(sandbox.world.admin.id),
      account_id: sandbox.world.account.id,
      base_domain: 'amocrm.ru',
    })
    expect(claims.exp - claims.iat).toBe(86_400)
  })

  it('takes a code once', async () => {
    const { sandbox, code } = await installed()
    await exchange(sandbox, { grant_type: 'authorization_code', code })
    expect(await exchange(sandbox, { grant_type: 'authorization_code', code })).toMatchObject({ status: 400 })
  })

  it('takes a code for twenty minutes', async () => {
    let now = 1_790_000_000_000
    const { sandbox, code } = await installed({ now: () => now })
    now += 20 * MINUTE
    const late = await exchange(sandbox, { grant_type: 'authorization_code', code })
    expect(late).toMatchObject({ status: 400, json: { hint: 'Authorization code has expired' } })
  })

  it('rotates refresh tokens and refuses a used one', async () => {
    const { sandbox } = await openSandbox()
    const first = sandbox.tokens().refresh_token
    const renewed = await exchange(sandbox, { grant_type: 'refresh_token', refresh_token: first })
    expect(renewed.status).toBe(200)
    expect(renewed.json.refresh_token).not.toBe(first)
    const again = await exchange(sandbox, { grant_type: 'refresh_token', refresh_token: first })
    expect(again).toMatchObject({ status: 401, json: { hint: 'Token has been revoked' } })
    const next = await exchange(sandbox, { grant_type: 'refresh_token', refresh_token: renewed.json.refresh_token })
    expect(next.status).toBe(200)
  })

  it.each([
    ['another secret', { client_secret: 'wrong' }, 401],
    ['another integration', { client_id: 'wrong' }, 401],
    ['another redirect address', { redirect_uri: 'https://elsewhere.example/' }, 400],
    ['another kind of grant', { grant_type: 'password' }, 400],
    ['no code', { code: undefined }, 400],
  ])('refuses %s', async (_, change, status) => {
    const { sandbox, code } = await installed()
    expect(await exchange(sandbox, { grant_type: 'authorization_code', code, ...change })).toMatchObject({ status })
  })
})

describe('a token', () => {
  it('of nobody is refused', async () => {
    const { apiAs } = await openSandbox()
    const reply = await apiAs('nobody')('GET', '/v4/account')
    expect(reply).toMatchObject({ status: 401, json: { status: 401 } })
    expect(reply.type).toContain('application/problem+json')
  })

  it('lives a day', async () => {
    let now = 1_790_000_000_000
    const { sandbox, apiAs } = await openSandbox({ now: () => now })
    const api = apiAs(sandbox.tokens().access_token)
    now += 24 * 60 * MINUTE - 1
    expect(await api('GET', '/v4/account')).toMatchObject({ status: 200 })
    now += 1
    expect(await api('GET', '/v4/account')).toMatchObject({ status: 401 })
  })

  it('made by hand lives as long as asked for, until it is revoked', async () => {
    let now = 1_790_000_000_000
    const { sandbox, apiAs } = await openSandbox({ now: () => now })
    const token = sandbox.longLivedToken({ seconds: 5 * 86_400 })
    now += 4 * 86_400_000
    expect(await apiAs(token)('GET', '/v4/account')).toMatchObject({ status: 200 })
    sandbox.revokeToken(token)
    expect(await apiAs(token)('GET', '/v4/account')).toMatchObject({ status: 401 })
  })

  it('opens its own account only', async () => {
    const { sandbox, apiAs } = await openSandbox({ accounts: [{ id: 101 }, { id: 202 }] })
    const reply = await apiAs(sandbox.longLivedToken({ accountId: 202 }))('GET', '/v4/account')
    expect(reply.json.id).toBe(202)
  })
})

it('a disconnection signs its call and ends every token of the account', async () => {
  const { product, sandbox, apiAs } = await installed()
  const { access_token } = sandbox.tokens()
  await sandbox.disconnect({ address: `${product.origin}/hooks/disconnect` })
  const query = product.asked[1]?.query
  const { clientId, clientSecret } = sandbox.integration
  const signed = `${clientId}|${sandbox.world.account.id}`
  expect(query?.get('signature')).toBe(createHmac('sha256', clientSecret).update(signed).digest('hex'))
  expect(await apiAs(access_token)('GET', '/v4/account')).toMatchObject({ status: 401 })
})

it('a one-time token is signed with the secret and names the user', async () => {
  const { sandbox } = await openSandbox()
  const token = sandbox.disposableToken({ claims: { jti: 'fixed' } })
  const [head = '', claims = '', signature] = token.split('.')
  const { clientSecret, clientId } = sandbox.integration
  expect(signature).toBe(createHmac('sha256', clientSecret).update(`${head}.${claims}`).digest('base64url'))
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
    account_id: sandbox.world.account.id,
    client_uuid: clientId,
    user_id: sandbox.world.admin.id,
    is_admin: true,
    jti: 'fixed',
  })
})

describe('an account that is renamed', () => {
  const asked = async (sandbox: Sandbox, host: string, token: string) => {
    const headers = { authorization: `Bearer ${token}`, 'x-forwarded-host': host }
    const answer = await fetch(`${sandbox.url}/api/v4/account`, { headers, redirect: 'manual' })
    return { status: answer.status, location: answer.headers.get('location'), type: answer.headers.get('content-type') }
  }

  it('is told by its refresh token, which is not used up', async () => {
    const { sandbox } = await openSandbox()
    const { refresh_token } = sandbox.tokens()
    sandbox.rename({ subdomain: 'renamed' })
    for (let time = 0; time < 2; time++) {
      const answer = await fetch(`${sandbox.url}/oauth2/account/current/subdomain`, {
        headers: { 'x-refresh-token': refresh_token },
      })
      expect(await answer.json()).toMatchObject({ id: sandbox.world.account.id, domain: 'renamed.amocrm.ru' })
    }
  })

  it.each([
    ['redirect', { status: 301, location: 'https://renamed.amocrm.ru/api/v4/account' }],
    ['gone', { status: 404, type: expect.stringContaining('text/html') }],
    ['taken', { status: 401 }],
    [undefined, { status: 200 }],
  ] as const)('leaves its old host: %s', async (oldHost, outcome) => {
    const { sandbox } = await openSandbox({ accounts: [{ subdomain: 'old' }, { subdomain: 'second' }] })
    const [, second] = [...sandbox.worlds.keys()]
    sandbox.rename({ subdomain: 'renamed', ...(oldHost && { oldHost }) })
    const { access_token } = sandbox.tokens()
    expect(await asked(sandbox, 'old.amocrm.ru', access_token)).toMatchObject(outcome)
    expect(await asked(sandbox, 'renamed.amocrm.ru', access_token)).toMatchObject({ status: 200 })
    if (oldHost !== 'taken') return
    sandbox.rename({ accountId: second ?? 0, subdomain: 'old' })
    expect(await asked(sandbox, 'old.amocrm.ru', sandbox.tokens(second).access_token)).toMatchObject({ status: 200 })
  })
})
