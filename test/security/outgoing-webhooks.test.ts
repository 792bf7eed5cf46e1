import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { WebhookBody } from '../../src/segmentation/plan-actions.ts'
import { AddressGuard } from '../../src/sync/outgoing/address-guard.ts'
import type { ResolveAll } from '../../src/sync/outgoing/guarded-agents.ts'
import { webhookSender } from '../../src/sync/send-webhook.ts'

/** Stands on loopback and must not be reached, while its neighbour on the same machine may be. */
const INNER = '127.0.0.1'
const OUTER = '127.0.0.2'

const BODY: WebhookBody = {
  ...{ accountId: 5, client: { kind: 'contact', id: 1 }, dimension: 'lifecycle', dealId: null },
  ...{ from: 'new', to: 'one_time', at: 1_790_000_000, reasons: [] },
}

/** Connections, not only requests: not even a handshake is meant for it. */
let connections = 0
let requests: string[] = []
let answer: { status: number; location?: string } = { status: 200 }
let inner: Server
let outer: Server

const listening = async (address: string, onRequest: () => void, onConnection = () => {}): Promise<Server> => {
  const server = createServer((_, response) => {
    onRequest()
    response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end()
  })
  server.on('connection', onConnection)
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  return server
}
const portOf = (server: Server) => (server.address() as AddressInfo).port

beforeAll(async () => {
  inner = await listening(
    INNER,
    () => requests.push('inner'),
    () => connections++,
  )
  outer = await listening(OUTER, () => requests.push('outer'))
})
afterEach(() => {
  connections = 0
  requests = []
  answer = { status: 200 }
})
afterAll(() => {
  inner.close()
  outer.close()
})

const answering =
  (...answers: readonly (readonly string[])[]): ResolveAll =>
  (_, __, done) => {
    const [first = [], ...later] = answers
    if (later.length > 0) answers = later
    done(
      null,
      first.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }

const sender = (resolve?: ResolveAll, guard = new AddressGuard([OUTER])) =>
  webhookSender({ secretOf: async () => 'secret', guard, ...(resolve && { resolve }) })

const FORBIDDEN = { name: 'ForbiddenAddressError' }

describe('an outgoing webhook is refused, and nothing is connected to', () => {
  it.each([
    ...['127.0.0.1', '127.1', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '017700000001', '127.0.0.1.'],
    ...['①②⑦.0.0.1', '0', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::127.0.0.1]', '[::]'],
    ...['localhost', 'LOCALHOST', 'user:password@127.0.0.1', 'hooks.example.com@127.0.0.1'],
  ])('to %s', async (host) => {
    for (const scheme of ['http', 'https']) {
      await expect(sender()(5, `${scheme}://${host}:${portOf(inner)}/`, BODY, 'key')).rejects.toMatchObject(FORBIDDEN)
    }
    expect(connections).toBe(0)
  })

  it.each(['169.254.169.254', '[::ffff:169.254.169.254]', '0xa9fea9fe', '100.100.100.200', '[fd00:ec2::254]'])(
    'to %s, where clouds keep their secrets',
    async (host) => {
      await expect(sender()(5, `http://${host}/latest/meta-data/`, BODY, 'key')).rejects.toMatchObject(FORBIDDEN)
    },
  )

  it.each([[['127.0.0.1']], [['::1']], [['::ffff:127.0.0.1']], [['169.254.169.254']], [['10.0.0.1', '127.0.0.1']]])(
    'to a name that stands for %j',
    async (addresses) => {
      for (const scheme of ['http', 'https']) {
        const url = `${scheme}://hooks.example.com:${portOf(inner)}/`
        await expect(sender(answering(addresses))(5, url, BODY, 'key')).rejects.toMatchObject(FORBIDDEN)
      }
      expect(connections).toBe(0)
    },
  )

  it('by a redirect: none is followed', async () => {
    for (const host of [INNER, 'localhost', '169.254.169.254', '2130706433']) {
      answer = { status: 302, location: `http://${host}:${portOf(inner)}/` }
      await expect(sender()(5, `http://${OUTER}:${portOf(outer)}/`, BODY, 'key')).rejects.toThrow('answered 302')
    }
    expect([connections, new Set(requests)]).toEqual([0, new Set(['outer'])])
  })

  it('when a name that was public a moment ago is not any more', async () => {
    const send = sender(answering([OUTER], [INNER]))
    const url = `http://hooks.example.com:${portOf(outer)}/`
    expect(await send(5, url, BODY, 'key')).toBe('webhook 200')
    await expect(send(5, url, BODY, 'again')).rejects.toMatchObject(FORBIDDEN)
    expect(requests).toEqual(['outer'])
  })

  it('when the address connected to is another than the one that was judged', async () => {
    let judged = 0
    const guard = new AddressGuard([OUTER])
    guard.mayReach = () => judged++ === 0
    const url = `http://hooks.example.com:${portOf(inner)}/`
    await expect(sender(answering([INNER]), guard)(5, url, BODY, 'key')).rejects.toMatchObject(FORBIDDEN)
    expect([judged, requests]).toEqual([2, []])
  })
})

describe('an outgoing webhook gets through', () => {
  it('to the public one of several addresses', async () => {
    const send = sender(answering([INNER, OUTER]))
    expect(await send(5, `http://hooks.example.com:${portOf(outer)}/`, BODY, 'key')).toBe('webhook 200')
    expect([connections, requests]).toEqual([0, ['outer']])
  })

  it('to a host the operator named', async () => {
    const send = sender(answering([INNER]), new AddressGuard(['crm.internal']))
    expect(await send(5, `http://crm.internal:${portOf(inner)}/`, BODY, 'key')).toBe('webhook 200')
    expect(requests).toEqual(['inner'])
  })
})
