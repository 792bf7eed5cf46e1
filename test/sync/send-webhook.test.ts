import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WebhookBody } from '../../src/segmentation/plan-actions.ts'
import { AddressGuard } from '../../src/sync/outgoing/address-guard.ts'
import { webhookSender } from '../../src/sync/send-webhook.ts'

const BODY: WebhookBody = {
  ...{ accountId: 5, client: { kind: 'contact', id: 1 }, dimension: 'lifecycle', dealId: null },
  ...{ from: 'new', to: 'one_time', at: 1_790_000_000, reasons: ['Разовый: купил 14.08.2026'] },
}

interface Received {
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

let server: Server
let url: string
let received: Received[] = []
let answers: { status: number; headers?: Record<string, string>; body?: string }[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) })
    const { status, headers = {}, body = '' } = answers.shift() ?? { status: 200 }
    response.writeHead(status, headers).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
})
afterEach(() => {
  received = []
  answers = []
})
afterAll(() => void server.close())

const send = webhookSender({
  secretOf: async (accountId) => `secret of ${accountId}`,
  guard: new AddressGuard(['127.0.0.1']),
})
const idempotencyKeys = () => received.map(({ headers }) => headers['idempotency-key'])

describe('an outgoing webhook', () => {
  it('carries its body and a signature over the very bytes', async () => {
    expect(await send(5, url, BODY, 'key')).toBe('webhook 200')
    const [{ headers, body } = { headers: {}, body: '' }] = received
    expect(JSON.parse(body)).toEqual(BODY)
    const signature = createHmac('sha256', 'secret of 5').update(body).digest('hex')
    expect(headers['x-amo-segments-signature']).toBe(`sha256=${signature}`)
    expect(headers['content-type']).toBe('application/json')
  })

  it('keeps its idempotency key when it is repeated, and no other has it', async () => {
    answers = [{ status: 500 }]
    await expect(send(5, url, BODY, 'key')).rejects.toThrow('answered 500')
    await send(5, url, BODY, 'key')
    await send(5, url, BODY, 'other')
    await send(6, url, BODY, 'key')
    const [first, again, other, elsewhere] = idempotencyKeys()
    expect(again).toBe(first)
    expect(new Set([first, other, elsewhere]).size).toBe(3)
  })

  it('is ended by 410', async () => {
    answers = [{ status: 410 }]
    expect(await send(5, url, BODY, 'key')).toBe('webhook 410')
  })

  it.each([
    [{ status: 404 }],
    [{ status: 301, headers: { location: 'http://127.0.0.1:1/elsewhere' } }],
    [{ status: 503 }],
  ])('is to be repeated after %j, and follows no redirect', async (answer) => {
    answers = [answer]
    await expect(send(5, url, BODY, 'key')).rejects.toThrow(`answered ${answer.status}`)
    expect(received).toHaveLength(1)
  })

  it('got through whatever the answer says beside its status', async () => {
    answers = [{ status: 200, body: 'x'.repeat(500_000) }]
    expect(await send(5, url, BODY, 'key')).toBe('webhook 200')
    answers = [{ status: 200, headers: { 'content-encoding': 'gzip' }, body: 'no gzip at all' }]
    expect(await send(5, url, BODY, 'key')).toBe('webhook 200')
  })

  it('is to be repeated when nobody answers; the failure tells nothing of what was sent where', async () => {
    const failing = send(5, 'http://127.0.0.1:1/secret-path', BODY, 'key')
    await expect(failing).rejects.toThrow('could not be reached: ECONNREFUSED')
    const error = await failing.catch((thrown: unknown) => thrown)
    expect(inspect(error, { depth: 10 })).not.toMatch(/secret-path|Разовый|sha256=/)
  })
})
