import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { type HealthParts, healthRoutes } from './health-routes.ts'
import { letConnectionsGo } from './let-connections-go.ts'
import { type MetricsRouteParts, metricsRoute } from './metrics-route.ts'
import { refusals } from './refusals.ts'

const REQUEST_LIMIT_MS = 10_000

/** What a process answers that only works: whether it lives, and its figures; it does not listen yet. */
export const buildWorkerServer = async (
  parts: HealthParts & MetricsRouteParts & { readonly logger: FastifyBaseLogger },
): Promise<FastifyInstance> => {
  const app = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    requestTimeout: REQUEST_LIMIT_MS,
    forceCloseConnections: 'idle',
  })
  letConnectionsGo(app)
  refusals(app)
  await app.register(healthRoutes(parts))
  await app.register(metricsRoute(parts))
  return app
}
