import type { FastifyInstance } from 'fastify'
import { isAllowedHost } from '../amocrm/allowed-host.ts'
import { parseHook } from '../amocrm/parse-hook.ts'
import { buildServer } from '../http/server.ts'
import { sharedMetrics } from '../metrics/metrics-source.ts'
import type { AppContext } from './app-context.ts'
import { openApi } from './open-api.ts'
import { openBackend } from './open-backend.ts'
import { awaitReady } from './redis-connections.ts'

const CONNECT_LIMIT_MS = 1_000

/** The HTTP server over a connection that never keeps a command for later; it does not listen yet. */
export const openHttp = async (app: AppContext): Promise<FastifyInstance> => {
  const { config, log, connections, metrics, tracing, webRoot } = app
  const redis = connections.impatient('web')
  const apiRedis = connections.impatient('api')
  // The first request after a start must not find a connection that is only being made.
  await Promise.all([redis, apiRedis].map((connection) => awaitReady(connection, CONNECT_LIMIT_MS)))
  const api = openApi(app, apiRedis)
  return buildServer({
    config,
    logger: log,
    backend: openBackend(app, redis),
    api,
    pingRedis: () => redis.ping(),
    parseHook,
    ...(tracing && { tracing }),
    ...(metrics && { events: metrics.http, metrics: sharedMetrics(metrics, api?.office ?? null, log) }),
    isAllowedHost: (host) => isAllowedHost(host, config.amocrm.allowedHosts),
    ...(webRoot === undefined ? {} : { webRoot }),
  })
}
