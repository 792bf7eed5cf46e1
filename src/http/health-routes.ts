import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import { sendProblem } from './problem.ts'
import { TimeLimitError, withinTime } from './within-time.ts'

const REDIS_LIMIT_MS = 1_000

/** Refused, a probe would have a process restarted that works. */
const NEVER_REFUSED = { config: { rateLimit: false } } as const

export interface HealthParts {
  readonly config: Pick<Config, 'missing'>
  /** Resolves when Redis answers; may hang or reject. */
  readonly pingRedis: () => Promise<unknown>
}

/** `/health/live`: the process answers. `/health/ready`: it can work, that is, Redis answers within a second. */
export const healthRoutes =
  ({ pingRedis, config }: HealthParts) =>
  async (app: FastifyInstance) => {
    app.get('/health/live', NEVER_REFUSED, async () => ({ status: 'live' }))

    app.get('/health/ready', NEVER_REFUSED, async (request, reply) => {
      try {
        await withinTime(REDIS_LIMIT_MS, pingRedis())
        return { status: 'ready', missingSettings: config.missing }
      } catch (error) {
        request.log.warn({ err: error }, 'not ready: Redis does not answer')
        const reason =
          error instanceof TimeLimitError ? 'Redis did not answer within a second.' : 'Redis is not reachable.'
        return sendProblem(reply, { status: 503, title: 'Not ready', detail: reason })
      }
    })
  }
