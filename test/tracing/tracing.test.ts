import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { install } from '../integration/support/install.ts'
import { LIMIT_MS } from '../integration/support/patient.ts'
import { startTrial } from '../integration/support/start-trial.ts'
import { type OtlpReceiver, otlpReceiver, type ReceivedSpan } from './otlp-receiver.ts'

let collector: OtlpReceiver | null = null
afterEach(() => collector?.close())

/** The names from a span up to the first of its trace. */
const wayTo = (span: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] => {
  const parent = spans.find(({ spanId, traceId }) => spanId === span.parentId && traceId === span.traceId)
  return [...(parent ? wayTo(parent, spans) : []), span.name]
}

describe('traces', () => {
  it('lead from the webhook over its jobs to the requests they make', async () => {
    collector = await otlpReceiver()
    const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SERVICE_NAME: 'segments-of-the-test' }
    const trial = await startTrial({ sandbox: { clients: 20, seed: 3 }, environment: settings })
    try {
      await install(trial)
      const open = trial.world.leads
        .order('updated_at')
        .items.find(({ statusId }) => statusId !== 142 && statusId !== 143)
      trial.staff.winDeal({ dealId: open?.id ?? 0 })
      expect(await trial.settling.settled(LIMIT_MS)).toBe(true)
    } finally {
      await trial.close()
    }
    const { spans, resources, paths } = collector
    expect(new Set(paths)).toEqual(new Set(['/v1/traces']))
    expect(resources.every((resource) => resource.includes('segments-of-the-test'))).toBe(true)
    const writes = spans.filter(({ name }) => name === 'amoCRM PATCH /api/v4/contacts')
    const ways = writes.map((span) => wayTo(span, spans))
    const fromHook = ways.find(([first]) => first === 'POST /hooks/:secret')
    expect(fromHook).toEqual([
      'POST /hooks/:secret',
      expect.stringMatching(/^process/),
      expect.stringMatching(/^add/),
      expect.stringMatching(/^process/),
      'amoCRM PATCH /api/v4/contacts',
    ])
    expect(spans.filter(({ name }) => /\/hooks\/(?!:secret)/.test(name))).toEqual([])
  })

  it('and the board of queues load nothing while nobody asks for them', async () => {
    const app = fileURLToPath(new URL('../../src/app.ts', import.meta.url))
    const script = `
      await import(${JSON.stringify(app)})
      const { default: { _cache } } = await import('node:module')
      const loaded = Object.keys(_cache)
      const named = (part) => loaded.filter((path) => path.includes(part)).length
      console.log(JSON.stringify([named('prom-client') > 0, named('@opentelemetry/sdk-trace'), named('bullmq-otel'), named('bull-board')]))`
    const args = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e', script]
    const { stdout } = await promisify(execFile)(process.execPath, args)
    expect(JSON.parse(stdout)).toEqual([true, 0, 0, 0])
  })
})
