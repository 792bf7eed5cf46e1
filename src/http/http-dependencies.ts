import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { HttpEvents } from '../metrics/http-metrics.ts'
import type { MetricsSource } from '../metrics/metrics-source.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { ApiParts } from './api/api-parts.ts'
import type { Backend, ParseHook } from './ports.ts'

/** All that the HTTP room is handed by the composition root. */
export interface HttpDependencies {
  readonly config: Config
  readonly logger: Logger
  /** Null while settings without which nothing can be received are missing. */
  readonly backend: Backend | null
  /** What the API is answered from; null or absent as `backend` is. */
  readonly api?: ApiParts | null
  /** Resolves when Redis answers; may hang or reject. */
  readonly pingRedis: () => Promise<unknown>
  readonly parseHook: ParseHook
  /** Is told of each answer; absent: nobody counts. */
  readonly events?: HttpEvents
  /** Traces what is answered; absent: nobody does. */
  readonly tracing?: Pick<Tracing, 'answer'>
  /** What `/metrics` tells; absent: nothing. */
  readonly metrics?: MetricsSource
  /** Whether a host is an account's on one of the allowed domains. */
  readonly isAllowedHost: (host: string) => boolean
  /** Folder of the built web app; default: where the build lays it. */
  readonly webRoot?: string
}
