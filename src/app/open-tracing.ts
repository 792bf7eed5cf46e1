import type { ClosingStack } from '../closing-stack.ts'
import type { Config } from '../config.ts'
import type { Tracing } from '../tracing/tracing.ts'

/** Traces where a collector is named; what makes them is loaded only then. */
export const openTracing = async (
  { tracing: settings }: Pick<Config, 'tracing'>,
  closing: ClosingStack,
): Promise<Tracing | undefined> => {
  if (settings === null) return undefined
  const { otelTracing } = await import('../tracing/otel-tracing.ts')
  const tracing = otelTracing(settings)
  closing.push('traces', () => tracing.close())
  return tracing
}
