/** One server-sent event. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
}

const LINE = /^(event|data): ?(.*)$/

const parsed = (block: string): ServerEvent[] => {
  const fields = block.split(/\r?\n/).flatMap((line) => {
    const [, name, value = ''] = LINE.exec(line) ?? []
    return name === undefined ? [] : [{ name, value }]
  })
  const data = fields.filter(({ name }) => name === 'data').map(({ value }) => value)
  const event = fields.findLast(({ name }) => name === 'event')?.value ?? 'message'
  return data.length === 0 ? [] : [{ event, data: data.join('\n') }]
}

/**
 * The events of a stream as they come, whatever pieces it arrives in. `EventSource` is no way to them: it can't send the
 * header of access.
 */
export async function* serverEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void> {
  const reader = stream.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/)
      rest = blocks.pop() ?? ''
      for (const block of blocks) yield* parsed(block)
    }
  } finally {
    await reader.cancel()
  }
}
