import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ServerEvent, serverEvents } from '../../../web/src/pages/runs/server-events.ts'

const STREAM = [
  'event: progress\ndata: {"share":0.1,"name":"Чтение"}\n\n',
  ': still there\n\n',
  'data: first\ndata: second\n\n',
  'event: end\r\ndata: {}\r\n\r\n',
  'event: cut off\ndata: half',
].join('')

const read = async (pieces: readonly Uint8Array[]): Promise<ServerEvent[]> => {
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const events: ServerEvent[] = []
  for await (const event of serverEvents(stream)) events.push(event)
  return events
}

const EXPECTED: readonly ServerEvent[] = [
  { event: 'progress', data: '{"share":0.1,"name":"Чтение"}' },
  { event: 'message', data: 'first\nsecond' },
  { event: 'end', data: '{}' },
]

describe('the events of a stream', () => {
  it('come out the same, whatever pieces they arrive in', async () => {
    const bytes = new TextEncoder().encode(STREAM)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 12 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), bytes.length]
        const pieces = places.slice(1).map((end, index) => bytes.slice(places[index], end))
        expect(await read(pieces)).toEqual(EXPECTED)
      }),
    )
  })

  it('end with whoever listens', async () => {
    let isCancelled = false
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(STREAM)),
      cancel: () => {
        isCancelled = true
      },
    })
    for await (const { event } of serverEvents(stream)) if (event === 'progress') break
    expect(isCancelled).toBe(true)
  })
})
