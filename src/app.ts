import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { AppContext } from './app/app-context.ts'
import { openHttp } from './app/open-http.ts'
import { openTracing } from './app/open-tracing.ts'
import { openWorkerHttp } from './app/open-worker-http.ts'
import { openWorkers } from './app/open-workers.ts'
import { redisConnections } from './app/redis-connections.ts'
import { type Closing, ClosingStack } from './closing-stack.ts'
import type { Config } from './config.ts'
import { createLogger } from './logger.ts'
import { ProgramMetrics } from './metrics/program-metrics.ts'
import { type OpenRedis, openRedis } from './redis-ladder.ts'
import { Keys } from './store/keys.ts'

/** What a process does: `serve` everything, `web` answers HTTP, `worker` does the work. */
export type AppPart = 'serve' | 'web' | 'worker'

const CLOSING_LIMIT_MS = 25_000

/** What tests and the demo put in place of the real thing. */
export interface AppOverrides {
  /** Default: `serve`. */
  readonly part?: AppPart
  readonly logger?: Logger
  /** Prefix of every key in Redis. */
  readonly keyRoot?: string
  /** Milliseconds since the epoch. */
  readonly clock?: () => number
  /** Folder of the built web app. */
  readonly webRoot?: string
}

/** The built program. */
export interface App {
  readonly redis: Pick<OpenRedis, 'url' | 'source'>
  /** Null in a `worker`, which at most tells how it is. */
  readonly http: FastifyInstance | null
  /**
   * Listens and starts the workers. Ends when both are at work, so not before Redis answers; HTTP answers earlier.
   * Answers the address it listens on; null in a `worker` that has no port.
   */
  start(): Promise<string | null>
  /** Stops listening, then working, then lets go of Redis. Later calls answer as the first. */
  close(limitMs?: number): Promise<Closing>
}

/** Builds everything from the configuration; nothing listens or works yet. What opened is closed again upon failure. */
export const buildApp = async (config: Config, overrides: AppOverrides = {}): Promise<App> => {
  const closing = new ClosingStack()
  try {
    return await build(config, overrides, closing)
  } catch (error) {
    await closing.close(CLOSING_LIMIT_MS)
    throw error
  }
}

const build = async (config: Config, overrides: AppOverrides, closing: ClosingStack): Promise<App> => {
  const { part = 'serve', logger: log = createLogger(config.logLevel), clock = Date.now } = overrides
  warnOfTrial(config, log)
  const redis = await openRedis({ ...config, warn: (sentence) => log.warn(sentence) })
  closing.push('Redis', () => redis.close())
  log.info({ part, redis: redis.source }, 'starting')
  if (config.missing.length > 0)
    log.warn({ missing: config.missing }, 'settings are missing; the start page says what to do')
  const connections = redisConnections(redis.url, log, closing)
  const { webRoot } = overrides
  const metrics = new ProgramMetrics()
  const tracing = await openTracing(config, closing)
  const context: AppContext = {
    ...{ config, keys: new Keys(overrides.keyRoot), log, closing, connections, metrics, tracing, clock, webRoot },
  }
  const workers = part === 'web' ? null : openWorkers(context)
  const http = part === 'worker' ? null : await openHttp(context)
  const listener = http ?? (config.workerPort === null ? null : await openWorkerHttp(context))
  const port = http === null ? (config.workerPort ?? 0) : config.port
  const start = async () => {
    try {
      const [, address] = await Promise.all([
        workers?.start(),
        listener === null ? null : listen(listener, port, context),
      ])
      return address
    } catch (error) {
      await closing.close(CLOSING_LIMIT_MS)
      throw error
    }
  }
  return { redis, http, start, close: (limitMs = CLOSING_LIMIT_MS) => closing.close(limitMs) }
}

/** Opened after the workers, so closed before them: first no new work comes in, then the last is done. */
const listen = (http: FastifyInstance, port: number, { config, closing }: AppContext): Promise<string> => {
  closing.push('HTTP server', () => http.close())
  return http.listen({
    host: config.host,
    port,
    listenTextResolver: (address) => `listening at ${address}`,
  })
}

const warnOfTrial = ({ amocrm: { apiOrigin } }: Config, log: Logger): void => {
  if (apiOrigin !== null) log.warn({ apiOrigin }, 'TRIAL: every amoCRM request goes to AMOCRM_API_ORIGIN')
}
