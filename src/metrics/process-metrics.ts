import { readFileSync } from 'node:fs'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

let shared: Registry | null = null

/**
 * prom-client's own figures of the process (CPU, memory, event loop, garbage collection) and the program's version.
 * One registry a process: what it watches cannot be let go of.
 */
export const processMetrics = (): Registry => {
  if (shared !== null) return shared
  shared = new Registry()
  collectDefaultMetrics({ register: shared })
  const name = 'amo_segments_build_info'
  const info = new Gauge({ name, help: 'Always 1', labelNames: ['version', 'node'], registers: [shared] })
  info.set({ version: version(), node: process.version }, 1)
  return shared
}

const version = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
