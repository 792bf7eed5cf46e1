import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { BullMQOtel } from 'bullmq-otel'
import type { RequestDone } from '../amocrm/amo-events.ts'
import type { TracedRequest, Tracing } from './tracing.ts'

const NAME = 'amo-segments'

/** A collector that is away must not keep the process from ending in its time. */
const EXPORT_LIMIT_MS = 5_000

export interface TracingSettings {
  /** Of an OTLP collector that speaks HTTP, without a path. */
  readonly endpoint: string
  readonly serviceName: string
}

/**
 * Starts OpenTelemetry for this process. Of the standard settings OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS and
 * the other OTEL_BSP_ ones are read by its SDK from the environment. This file alone imports it: without tracing nothing is loaded.
 */
export const otelTracing = ({ endpoint, serviceName }: TracingSettings): Tracing => {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: EXPORT_LIMIT_MS })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    spanProcessors: [new BatchSpanProcessor(exporter, { exportTimeoutMillis: EXPORT_LIMIT_MS })],
  })
  provider.register()
  const telemetry = new BullMQOtel({ tracerName: NAME })
  // Loops that go on as long as the process must not belong to the job that happened to start them.
  Object.assign(telemetry.contextManager, { root: () => ROOT_CONTEXT })
  return {
    telemetry,
    answer: traceAnswer,
    carrier,
    around: traceExchange,
    close: async () => {
      try {
        await provider.shutdown()
      } finally {
        for (const api of [trace, context, propagation]) api.disable()
      }
    },
  }
}

const traceAnswer = (
  { method, route, requestId, elapsedMs }: TracedRequest,
  work: (end: (status: number) => void) => void,
): void => {
  const span = trace.getTracer(NAME).startSpan(`${method} ${route}`, {
    kind: SpanKind.SERVER,
    startTime: Date.now() - elapsedMs,
    attributes: { 'http.request.method': method, 'http.route': route, 'amo_segments.request_id': requestId },
  })
  context.with(trace.setSpan(context.active(), span), () => work((status) => endWith(span, status)))
}

const carrier = (): string | undefined => {
  if (trace.getActiveSpan() === undefined) return undefined
  const metadata: Record<string, string> = {}
  propagation.inject(context.active(), metadata)
  return JSON.stringify(metadata)
}

/** Of requests that carry the work of several jobs, the span belongs to the first. */
const traceExchange = async <T>(
  { method, path, batch }: Pick<RequestDone, 'method' | 'path' | 'batch'>,
  exchange: () => Promise<T>,
): Promise<T> => {
  const attributes = {
    ...{ 'http.request.method': method, 'url.template': path },
    ...(batch === undefined ? {} : { 'amo_segments.batch': batch }),
  }
  return trace
    .getTracer(NAME)
    .startActiveSpan(`amoCRM ${method} ${path}`, { kind: SpanKind.CLIENT, attributes }, (span) =>
      exchange().then(
        (answer) => {
          endWith(span, statusOf(answer))
          return answer
        },
        (error: unknown) => {
          span.setStatus({ code: SpanStatusCode.ERROR }).end()
          throw error
        },
      ),
    )
}

/** Null: there was no answer. */
const statusOf = (answer: unknown): number | null =>
  typeof answer === 'object' && answer !== null && 'status' in answer ? Number(answer.status) : null

const endWith = (span: Span, status: number | null): void => {
  if (status !== null) span.setAttribute('http.response.status_code', status)
  if (status === null || status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
