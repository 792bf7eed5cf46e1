import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { MetricsSource } from '../metrics/metrics-source.ts'
import { isSameSecret } from './auth/is-same-secret.ts'
import { sendProblem } from './problem.ts'

export interface MetricsRouteParts {
  readonly config: Pick<Config, 'adminToken'>
  /** Absent: nothing is counted. */
  readonly metrics?: MetricsSource
}

/** `/metrics` for Prometheus; with `ADMIN_TOKEN` set it asks for it as a bearer token. */
export const metricsRoute =
  ({ config, metrics }: MetricsRouteParts) =>
  async (app: FastifyInstance) => {
    app.get('/metrics', async (request, reply) => {
      const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
      if (config.adminToken !== null && !isSameSecret(token, config.adminToken)) {
        const detail = 'Send the ADMIN_TOKEN as "Authorization: Bearer …".'
        return sendProblem(reply, { status: 401, title: 'Not authorised', detail })
      }
      return reply.type(metrics?.contentType ?? 'text/plain').send((await metrics?.scrape()) ?? '')
    })
  }
