import { connect, type Socket } from 'node:net'
import { quantile } from '../support/figures.ts'
import { serveParent } from '../support/remote.ts'

export interface LoadOptions {
  readonly url: string
  /** Sent with a new id in place of `place` each time. */
  readonly body: string
  readonly place: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second, spread evenly; null: each connection sends as soon as it was answered. */
  readonly rate: number | null
}

export interface LoadResult {
  readonly perSecond: number
  /** Answers other than 204. */
  readonly failures: number
  /** Milliseconds; of a given rate from the instant the request was due. */
  readonly p50: number
  readonly p99: number
}

const NO_CONTENT = Buffer.from('HTTP/1.1 204')
const END_OF_HEAD = Buffer.from('\r\n\r\n')

let lastId = 10_000_000

/** Plain sockets with prepared requests: a client that costs the machine as little as possible. */
class Run {
  readonly #options: LoadOptions
  readonly #idle: Socket[] = []
  /** Instants at which requests were due that found no free connection. */
  readonly #late: number[] = []
  readonly #times: number[] = []
  readonly #head: string
  readonly #tail: string
  #failures = 0
  #isOver = false

  constructor(options: LoadOptions) {
    this.#options = options
    const { host, pathname } = new URL(options.url)
    const [before = '', after = ''] = options.body.split(options.place)
    const length = Buffer.byteLength(options.body)
    this.#head =
      `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/x-www-form-urlencoded\r\n` +
      `content-length: ${length}\r\n\r\n${before}`
    this.#tail = after
  }

  async result(): Promise<LoadResult> {
    const { connections, seconds, rate } = this.#options
    const sockets = await Promise.all(Array.from({ length: connections }, () => this.#open()))
    const begin = performance.now()
    const end = begin + seconds * 1000
    this.#idle.push(...sockets)
    if (rate === null) while (this.#idle.length > 0) this.#due(performance.now())
    else await this.#paced(begin, end, rate)
    await new Promise((resolve) => setTimeout(resolve, end - performance.now()))
    this.#isOver = true
    const took = performance.now() - begin
    for (const socket of sockets) socket.destroy()
    return {
      perSecond: this.#times.length / (took / 1000),
      failures: this.#failures,
      p50: quantile(this.#times, 0.5),
      p99: quantile(this.#times, 0.99),
    }
  }

  async #paced(begin: number, end: number, rate: number): Promise<void> {
    let sent = 0
    while (performance.now() < end) {
      const due = ((performance.now() - begin) / 1000) * rate
      for (; sent < due; sent += 1) this.#due(begin + (sent / rate) * 1000)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  #due(at: number): void {
    const socket = this.#idle.pop()
    if (socket) this.#send(socket, at)
    else this.#late.push(at)
  }

  #send(socket: Socket, at: number): void {
    lastId += 1
    socket.once('data', (data) => {
      if (!data.subarray(0, NO_CONTENT.length).equals(NO_CONTENT) || !data.includes(END_OF_HEAD)) this.#failures += 1
      this.#times.push(performance.now() - at)
      if (this.#isOver) return
      const late = this.#late.shift()
      if (late !== undefined) this.#send(socket, late)
      else if (this.#options.rate === null) this.#send(socket, performance.now())
      else this.#idle.push(socket)
    })
    socket.write(this.#head + lastId + this.#tail)
  }

  async #open(): Promise<Socket> {
    const { hostname, port } = new URL(this.#options.url)
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    socket.on('error', () => {
      if (!this.#isOver) this.#failures += 1
    })
    return socket
  }
}

const calls = { load: (options: LoadOptions): Promise<LoadResult> => new Run(options).result() }

export type LoadCalls = typeof calls

serveParent(calls)
