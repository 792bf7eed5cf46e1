import { Registry } from 'prom-client'
import type { AmoEvents } from '../amocrm/amo-events.ts'
import type { SyncEvents } from '../sync/sync-events.ts'
import { amocrmMetrics } from './amocrm-metrics.ts'
import { type HttpEvents, httpMetrics } from './http-metrics.ts'
import { processMetrics } from './process-metrics.ts'
import { syncMetrics } from './sync-metrics.ts'

/** What one running program counts of itself, for Prometheus. */
export class ProgramMetrics {
  readonly #registry = new Registry()
  readonly #process = processMetrics()
  readonly amocrm: AmoEvents = amocrmMetrics(this.#registry)
  readonly sync: SyncEvents = syncMetrics(this.#registry)
  readonly http: HttpEvents = httpMetrics(this.#registry)

  get contentType(): string {
    return this.#registry.contentType
  }

  /** The figures in Prometheus' text format, those of `more` at their end. */
  text(more: readonly Registry[] = []): Promise<string> {
    return Registry.merge([this.#process, this.#registry, ...more]).metrics()
  }
}
