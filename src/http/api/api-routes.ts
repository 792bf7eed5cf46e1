import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { SessionTokens } from '../auth/session-tokens.ts'
import { sendProblem } from '../problem.ts'
import { accountRoutes } from './accounts/account-routes.ts'
import { catalogueRoute } from './accounts/catalogue-route.ts'
import { pipelineKeyRoute } from './accounts/pipeline-key-route.ts'
import { secretRoutes } from './accounts/secret-routes.ts'
import { structureRoute } from './accounts/structure-route.ts'
import { syncRoute } from './accounts/sync-route.ts'
import { documentApi } from './api-docs.ts'
import { refuseApi } from './api-errors.ts'
import type { ApiParts } from './api-parts.ts'
import { sendApiProblem } from './api-problem.ts'
import { knowCallers } from './caller-hooks.ts'
import { cardRoutes } from './cards/card-routes.ts'
import { clientChangeRoutes } from './clients/client-change-routes.ts'
import { clientFileRoute } from './clients/client-file-route.ts'
import { clientRoutes } from './clients/client-routes.ts'
import { allowOwnOrigin } from './cors.ts'
import { movementRoutes } from './movement/movement-routes.ts'
import { overviewRoutes } from './overview/overview-routes.ts'
import { policyChangeRoutes } from './policy/policy-change-routes.ts'
import { policyRoutes } from './policy/policy-routes.ts'
import { policyTrialRoutes } from './policy/policy-trial-routes.ts'
import { runEventsRoute } from './runs/run-events-route.ts'
import { runRoutes } from './runs/run-routes.ts'
import { undoOutlookRoute } from './runs/undo-outlook-route.ts'
import { segmentRoutes } from './segments/segment-routes.ts'
import { serviceRoute } from './service/service-route.ts'
import { sessionRoute } from './session-route.ts'

/** Larger bodies are only taken where a policy is sent. */
const BODY_LIMIT_BYTES = 16 * 1024

const ROUTES = [
  ...[accountRoutes, structureRoute, secretRoutes, catalogueRoute, pipelineKeyRoute, syncRoute],
  ...[policyRoutes, policyTrialRoutes, policyChangeRoutes],
  ...[runRoutes, runEventsRoute, undoOutlookRoute],
  ...[clientRoutes, clientFileRoute, clientChangeRoutes, cardRoutes],
  ...[segmentRoutes, movementRoutes, overviewRoutes],
]

const NOT_SET_UP = {
  status: 503,
  title: 'Not set up',
  detail: 'Settings are missing; the start page of this service names them.',
}

/** The API under `/api/v1`, and its documentation at `/docs`. `parts` null: settings are missing. */
export const apiRoutes = (parts: ApiParts | null) => async (app: FastifyInstance) => {
  if (parts === null) {
    app.all('/api/*', (_, reply) => sendProblem(reply, NOT_SET_UP))
    return
  }
  await documentApi(app)
  await app.register(versionOne(parts), { prefix: '/api/v1' })
}

const versionOne = (parts: ApiParts) => async (app: FastifyInstance) => {
  const { office } = parts
  const sessions = new SessionTokens(parts.config.encryptionKeys)
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(refuseApi)
  app.setNotFoundHandler((_, reply) =>
    sendApiProblem(reply, {
      status: 404,
      code: 'route_unknown',
      title: 'Not found',
      detail: 'There is no such address in this API; see /docs.',
    }),
  )
  app.addHook('onRoute', (route) => {
    route.bodyLimit ??= BODY_LIMIT_BYTES
  })
  // Whatever is answered is somebody's own.
  app.addHook('onRequest', async (_, reply) => void reply.header('cache-control', 'no-store'))
  const trialOrigin = parts.config.amocrm.apiOrigin
  allowOwnOrigin(app, { accounts: office.accounts, isAllowedHost: parts.isAllowedHost, trialOrigin })
  knowCallers(app, { ...parts, ...office, sessions }, office)
  await app.register(sessionRoute({ sessions, clock: office.clock }))
  await app.register(serviceRoute(parts.config, office))
  for (const routes of ROUTES) {
    await app.register(routes(office))
  }
}
