import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { MetricsSource } from '../metrics/metrics-source.ts'
import { isOperator } from './auth/is-operator.ts'
import { sendProblem } from './problem.ts'

export interface MetricsRouteParts {
  readonly config: Pick<Config, 'adminToken' | 'production'>
  /** Absent: nothing is counted. */
  readonly metrics?: MetricsSource
}

/** `/metrics` for Prometheus, the operator's alone: it names every account. */
export const metricsRoute =
  ({ config, metrics }: MetricsRouteParts) =>
  async (app: FastifyInstance) => {
    app.get('/metrics', async (request, reply) => {
      if (!isOperator(config, request.headers)) {
        const detail = 'Send the ADMIN_TOKEN as "Authorization: Bearer …".'
        return sendProblem(reply, { status: 401, title: 'Not authorised', detail })
      }
      return reply.type(metrics?.contentType ?? 'text/plain').send((await metrics?.scrape()) ?? '')
    })
  }
