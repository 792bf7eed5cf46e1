import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that arrived. */
export interface Arrival {
  /** Milliseconds of a monotonic clock. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Path and query as they came. */
  readonly url: string
  readonly bearer: string
  readonly body: unknown
}

/** `hang`: never answered. `reset`: the connection is cut. */
export type Reply =
  | 'hang'
  | 'reset'
  | {
      readonly status?: number
      readonly json?: unknown
      readonly html?: string
      readonly headers?: Readonly<Record<string, string>>
    }

export type Handler = (arrival: Arrival) => Reply | Promise<Reply>

/** An HTTP server on a free loopback port that answers as the test says and keeps what arrived. */
export class LoopbackAmo {
  readonly arrivals: Arrival[] = []
  handler: Handler
  readonly #server: Server

  private constructor(handler: Handler) {
    this.handler = handler
    this.#server = createServer((request, response) => void this.#serve(request, response))
  }

  static async start(handler: Handler): Promise<LoopbackAmo> {
    const loopback = new LoopbackAmo(handler)
    await new Promise<void>((resolve) => loopback.#server.listen(0, '127.0.0.1', resolve))
    return loopback
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Method and path of each arrival. */
  get calls(): string[] {
    return this.arrivals.map(({ method, path }) => `${method} ${path}`)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = performance.now()
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback')
    const arrival = {
      at,
      method: request.method ?? '',
      path: pathname,
      query: searchParams,
      url: request.url ?? '',
      bearer: (request.headers.authorization ?? '').replace('Bearer ', ''),
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    }
    this.arrivals.push(arrival)
    send(response, await this.handler(arrival))
  }
}

function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return
  if (reply === 'reset') {
    response.destroy()
    return
  }
  const { status = 200, json, html, headers = {} } = reply
  const type = html === undefined ? 'application/hal+json' : 'text/html'
  const body = html ?? (json === undefined ? '' : JSON.stringify(json))
  response.writeHead(status, body === '' ? headers : { 'content-type': type, ...headers })
  response.end(body)
}

/** The most arrivals within any one second. */
export function densestSecond(arrivals: readonly Pick<Arrival, 'at'>[]): number {
  const times = arrivals.map(({ at }) => at).sort((a, b) => a - b)
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 1000).length))
}
