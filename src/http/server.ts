import { randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { HttpEvents } from '../metrics/http-metrics.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { apiRoutes } from './api/api-routes.ts'
import { appRoute } from './app/app-route.ts'
import { healthRoutes } from './health-routes.ts'
import { hooksRoute } from './hooks-route.ts'
import type { HttpDependencies } from './http-dependencies.ts'
import { letConnectionsGo } from './let-connections-go.ts'
import { metricsRoute } from './metrics-route.ts'
import { callbackRoute } from './oauth/callback-route.ts'
import { disconnectRoute } from './oauth/disconnect-route.ts'
import { installRoute } from './oauth/install-route.ts'
import { STYLE_SOURCE } from './pages/layout.ts'
import { pipelineRoute } from './pipeline-route.ts'
import { queueBoardRoute } from './queues/queue-board-route.ts'
import { refusals, refuse } from './refusals.ts'
import { setupPageRoute } from './setup-page-route.ts'

const REQUEST_LIMIT_MS = 10_000

/** Requests a minute from one address to all routes without a limit of their own: a whole office may sit behind it. */
const ORDINARY_PER_MINUTE = 3_000

/** Pages load nothing but their own style, send nothing and stand in no frame. */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    styleSrc: [STYLE_SOURCE],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
}

/** The HTTP server with all its routes; it does not listen yet. */
export const buildServer = async (deps: HttpDependencies): Promise<FastifyInstance> => {
  const loggerInstance: FastifyBaseLogger = deps.logger
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    requestTimeout: REQUEST_LIMIT_MS,
    // Proxies of one's own network say who asks; nobody else is believed.
    trustProxy: ['loopback', 'linklocal', 'uniquelocal'],
    forceCloseConnections: 'idle',
    // A wrong secret is unknown, however long it is.
    routerOptions: { maxParamLength: 16_384 },
    frameworkErrors: refuse,
  })
  if (deps.logger.isLevelEnabled('debug')) app.addHook('onResponse', logAnswer)
  if (deps.events) app.addHook('onResponse', countAnswer(deps.events))
  if (deps.tracing) app.addHook('preHandler', traceAnswer(deps.tracing))
  letConnectionsGo(app)
  await app.register(helmet, { contentSecurityPolicy: CONTENT_SECURITY_POLICY })
  // Every route has a limit; the few that must not be refused say so themselves.
  await app.register(rateLimit, { max: ORDINARY_PER_MINUTE, timeWindow: '1 minute' })
  refusals(app, [app.rateLimit()])
  await app.register(hooksRoute(deps))
  await app.register(pipelineRoute(deps))
  await app.register(healthRoutes(deps))
  await app.register(metricsRoute(deps))
  await app.register(queueBoardRoute(deps))
  await app.register(apiRoutes(deps.api ?? null))
  await app.register(appRoute(deps))
  await app.register(installRoute(deps))
  await app.register(callbackRoute(deps))
  await app.register(disconnectRoute(deps))
  await app.register(setupPageRoute(deps))
  return app
}

/**
 * amoCRM's own id of a delivery, so that its support and our log speak of one thing; else a new one, in which no row of
 * digits is long enough to be taken for a phone number and left out of the log.
 */
const requestId = ({ headers }: Pick<IncomingMessage, 'headers'>): string => {
  const given = headers['x-amocrm-requestid']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomBytes(12).toString('base64url')
}

/** Unknown addresses are one, and so are the files of the web page. */
const countAnswer =
  ({ answered }: HttpEvents) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const route = request.routeOptions.url ?? 'unknown'
    answered({ method: request.method, route, status: reply.statusCode, ms: reply.elapsedTime })
    done()
  }

/** Once a request was read: what its body arrives by would lose the trace. */
const traceAnswer =
  (tracing: Pick<Tracing, 'answer'>) =>
  (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const { id: requestId, method } = request
    const route = request.routeOptions.url ?? 'unknown'
    tracing.answer({ method, route, requestId, elapsedMs: reply.elapsedTime }, (end) => {
      reply.raw.once('close', () => end(reply.statusCode))
      done()
    })
  }

/** By the route, never by the address: addresses hold webhook secrets and authorization codes. */
const logAnswer = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
  const fields = {
    method: request.method,
    route: request.routeOptions.url ?? 'unknown',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  }
  request.log.debug(fields, 'answered')
}
