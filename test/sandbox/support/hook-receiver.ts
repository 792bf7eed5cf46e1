import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

export interface ReceivedHook {
  readonly headers: IncomingHttpHeaders
  /** Decoded pairs, in order. */
  readonly pairs: readonly (readonly [string, string])[]
  /** e.g. `leads.update`. */
  readonly name: string
  readonly value: (key: string) => string | undefined
}

export interface HookReceiver {
  readonly address: string
  readonly hooks: ReceivedHook[]
  readonly names: () => readonly string[]
  /** Status to answer with; null: never answers. */
  answer: number | null
}

/** A destination for webhooks on a free port, closed when the test ends. */
export async function receiveHooks(): Promise<HookReceiver> {
  const hooks: ReceivedHook[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      hooks.push(parse(request.headers, body))
      if (receiver.answer !== null) response.writeHead(receiver.answer).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const receiver: HookReceiver = {
    address: `http://127.0.0.1:${port}/hook`,
    hooks,
    names: () => hooks.map(({ name }) => name),
    answer: 204,
  }
  return receiver
}

function parse(headers: IncomingHttpHeaders, body: string): ReceivedHook {
  const pairs = [...new URLSearchParams(body)]
  const values = new Map(pairs)
  const [, key, action] = pairs.map(([name]) => /^(\w+)\[(\w+)\]\[0\]/.exec(name)).find((match) => match !== null) ?? []
  return { headers, pairs, name: `${key}.${action}`, value: (name) => values.get(name) }
}
