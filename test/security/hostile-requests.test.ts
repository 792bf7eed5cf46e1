import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OPS, type WebStage, webStage } from './support/web-stage.ts'

let stage: WebStage
beforeAll(async () => {
  stage = await webStage()
})
afterAll(() => stage.close())

const MIB = 1024 * 1024
const deep = (open: string, close: string, depth: number) => `${open.repeat(depth)}1${close.repeat(depth)}`
const policyBody = (inner: string) => `{"policy":${inner},"base":1}`

const put = (body: string, type = 'application/json') =>
  fetch(`${stage.url}/api/v1/accounts/${stage.mine.id}/policy`, {
    method: 'PUT',
    headers: { ...OPS, 'content-type': type },
    body,
  })
const hook = (body: string, type = 'application/x-www-form-urlencoded') =>
  fetch(`${stage.url}/hooks/${stage.mine.hookSecret}`, { method: 'POST', headers: { 'content-type': type }, body })

/** Bytes as they are, and whatever comes back until the connection ends. */
const raw = async (bytes: string): Promise<string> => {
  const { port, hostname } = new URL(stage.url)
  const socket = connect(Number(port), hostname)
  socket.end(bytes)
  return text(socket)
}

const stillAnswers = async () => expect((await fetch(`${stage.url}/health/ready`)).status).toBe(200)

describe('a body that is too large or too deep is refused, with nothing changed', () => {
  it.each<[string, () => Promise<Response>, number]>([
    ['a policy of more than half a mebibyte', () => put(policyBody(`"${'x'.repeat(600_000)}"`)), 413],
    ['a policy of ten mebibytes', () => put(policyBody(`"${'x'.repeat(10 * MIB)}"`)), 413],
    ['a policy nested 100 deep', () => put(policyBody(deep('{"all":[', ']}', 50))), 400],
    ['a policy nested 30,000 deep', () => put(policyBody(deep('[', ']', 30_000))), 400],
    ['a prototype for a policy', () => put('{"policy":{"__proto__":{"isAdmin":true}},"base":1}'), 400],
    ['a constructor for a policy', () => put('{"constructor":{"prototype":{"x":1}}}'), 400],
    ['no JSON', () => put('{"policy":'), 400],
    ['XML', () => put('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', 'application/xml'), 415],
    ['a webhook of more than a mebibyte', () => hook(`a=${'x'.repeat(MIB)}`), 413],
  ])('%s', async (_, send, status) => {
    const before = await stage.standing()
    const answer = await send()
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ status, detail: expect.stringMatching(/\.$/) })
    expect(await stage.standing()).toBe(before)
    await stillAnswers()
  })

  it.each<[string, string, string?]>([
    ['nested brackets', `leads${'[a]'.repeat(100_000)}=1`],
    ['very many pairs', 'leads[update][][x]=1&'.repeat(40_000)],
    ['very deep JSON', deep('{"leads":', '}', 50_000), 'application/json'],
    ['a prototype', '__proto__[isAdmin]=1&constructor[prototype][x]=1&leads[update][__proto__][isAdmin]=1'],
    ['half escapes', '%%%=%&leads[%5B=%5'],
  ])('a webhook of %s: it is authentic, and tells of nothing', async (_, body, type) => {
    const jobs = async () => (await stage.standing()).split('"look"').length
    const before = await jobs()
    expect((await hook(body, type)).status).toBe(204)
    expect(await jobs()).toBe(before)
    expect(({} as { isAdmin?: unknown }).isAdmin).toBeUndefined()
    await stillAnswers()
  })
})

describe('a policy that calls into the service’s own network is refused, with nothing changed', () => {
  it.each([
    ...['http://127.0.0.1:6379/', 'http://169.254.169.254/latest/meta-data/', 'http://[::1]/', 'http://2130706433/'],
    ...['http://0x7f.1/', 'http://0177.0.0.1/', 'http://[::ffff:127.0.0.1]/', 'https://localhost/', 'http://10.0.0.1/'],
  ])('%s', async (url) => {
    const before = await stage.standing()
    const actions = [{ dimension: 'lifecycle', to: ['new'], actions: [{ id: 'tell', type: 'webhook', url }] }]
    const answer = await put(JSON.stringify({ policy: { actions }, base: 0 }))
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'actions[0].actions[0].url' }] })
    expect(await stage.standing()).toBe(before)
  })
})

const CRLF_VALUES = ['a\r\nset-cookie: evil=1', 'a%0d%0aset-cookie:%20evil=1', 'a\u2028b', '\u001b[31mred']

describe('what is sent stands in no header of the answer', () => {
  it.each(CRLF_VALUES)('in an address: %j', async (value) => {
    for (const path of [
      '/app/',
      '/oauth/callback?code=',
      '/oauth/install?lang=',
      '/hooks/',
      '/api/v1/accounts/',
      '/',
    ]) {
      const answer = await fetch(`${stage.url}${path}${encodeURIComponent(value)}`, { redirect: 'manual' })
      expect(JSON.stringify([...answer.headers])).not.toMatch(/evil|red\b/)
      await answer.body?.cancel()
    }
  })

  it('in a host: no address of ours is made from it', async () => {
    const answer = await raw('GET /app HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 302 /)
    expect(answer).not.toContain('evil.example')
    const page = await raw(
      'GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\nConnection: close\r\n\r\n',
    )
    expect(page).toMatch(/^HTTP\/1\.1 200 /)
    expect(page).not.toContain('evil.example')
  })

  it.each([
    ['two lengths', 'POST /hooks/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!'],
    [
      'a length and chunks',
      'POST /hooks/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET',
    ],
    ['a bare line feed', 'GET / HTTP/1.1\nHost: a\nX: b\n\n'],
    ['a header with a zero byte', 'GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n'],
    ['headers of 100 KiB', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100 * 1024)}\r\n\r\n`],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
  ])('%s: refused before it reaches a route', async (_, bytes) => {
    const before = await stage.standing()
    expect(await raw(bytes)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(await stage.standing()).toBe(before)
    await stillAnswers()
  })
})

describe('the log', () => {
  const forged = '{"level":"info","msg":"account removed"}'

  it('cannot be written into: what is sent makes no line of its own', async () => {
    const lines = stage.log.length
    const values = [`a\n${forged}`, `a\r\n${forged}`, `"}\n${forged}`, '\u001b[2J', '\u2028']
    for (const value of values) {
      const path = encodeURIComponent(value)
      for (const address of [`/hooks/${path}`, `/${path}`, `/api/v1/accounts/${path}`, `/oauth/callback?code=${path}`])
        await fetch(`${stage.url}${address}`, { headers: { 'x-forwarded-for': path, 'user-agent': path } })
      await hook(`account[id]=${stage.mine.id}&leads[update][0][id]=${path}`)
    }
    const written = stage.log.slice(lines)
    expect(written.length).toBeGreaterThan(20)
    for (const line of written) {
      expect(line.trimEnd()).not.toContain('\n')
      expect(JSON.parse(line)).not.toMatchObject({ msg: 'account removed' })
      expect(line).not.toContain('\u001b')
    }
  })

  it('takes over no id of a request that is not one', async () => {
    const lines = stage.log.length
    for (const id of ['short', `x${'x'.repeat(70)}`, '<script>alert(1)</script>', 'a b c d e f g h'])
      await fetch(`${stage.url}/nothing`, { headers: { 'x-amocrm-requestid': id } })
    for (const line of stage.log.slice(lines)) expect(line).not.toMatch(/short|xxxxx|script|a b c/)
  })
})

describe('an answer', () => {
  it('tells of no insides: no stack, no file, no version', async () => {
    for (const path of ['/nothing', '/hooks/x', '/api/v1/nothing', '/api/v1/accounts/x', '/oauth/callback', '/%zz']) {
      const answer = await fetch(`${stage.url}${path}`)
      expect(await answer.text()).not.toMatch(/\bat \/|node_modules|\.ts:\d|\.js:\d|Error:|fastify/i)
      expect(answer.headers.get('server') ?? answer.headers.get('x-powered-by')).toBeNull()
    }
  })
})
