import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A span as the collector got it; ids in hex. */
export interface ReceivedSpan {
  readonly traceId: string
  readonly spanId: string
  /** Empty: it has none. */
  readonly parentId: string
  readonly name: string
}

export interface OtlpReceiver {
  readonly url: string
  readonly spans: ReceivedSpan[]
  readonly resources: string[]
  readonly paths: string[]
  close(): Promise<void>
}

/** A collector of traces: OTLP over HTTP in protobuf, of which it reads what tests look at. */
export const otlpReceiver = async (): Promise<OtlpReceiver> => {
  const [spans, resources, paths]: [ReceivedSpan[], string[], string[]] = [[], [], []]
  const server = createServer(async (request, response) => {
    paths.push(request.url ?? '')
    for (const resourceSpans of messages(await buffer(request), 1)) {
      resources.push(...messages(resourceSpans, 1).map((resource) => resource.toString('utf8')))
      for (const scopeSpans of messages(resourceSpans, 2)) spans.push(...messages(scopeSpans, 2).map(spanOf))
    }
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  return { url: `http://127.0.0.1:${port}`, spans, resources, paths, close }
}

/** Numbers of the fields of opentelemetry.proto.trace.v1.Span. */
const spanOf = (span: Buffer): ReceivedSpan => {
  const field = (number: number, as: 'hex' | 'utf8') => messages(span, number)[0]?.toString(as) ?? ''
  return { traceId: field(1, 'hex'), spanId: field(2, 'hex'), parentId: field(4, 'hex'), name: field(5, 'utf8') }
}

/** Every field of that number that has a length: messages, texts and bytes (protobuf's wire format). */
const messages = (bytes: Buffer, wanted: number): Buffer[] => {
  const found: Buffer[] = []
  let at = 0
  const varint = (): number => {
    for (let [value, scale] = [0, 1]; ; scale *= 128) {
      const byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const [number, type] = [Math.floor(tag / 8), tag % 8]
    if (type === 0) varint()
    else if (type === 1) at += 8
    else if (type === 5) at += 4
    else {
      const length = varint()
      if (number === wanted) found.push(bytes.subarray(at, at + length))
      at += length
    }
  }
  return found
}
