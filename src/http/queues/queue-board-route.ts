import type { FastifyInstance } from 'fastify'
import { isOperator } from '../auth/is-operator.ts'
import type { HttpDependencies } from '../http-dependencies.ts'
import { type Problem, sendProblem } from '../problem.ts'
import type { QueueBoard } from './queue-board.ts'

const PATH = '/ops/queues'

/** Its page asks for the state of the queues every few seconds. */
const RATE_LIMIT = { max: 600, timeWindow: '1 minute' }

/** The board's page brings its own scripts, and styles in its text; what it would load from elsewhere it does without. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const SIGN_IN: Problem = {
  status: 401,
  title: 'Admin token needed',
  detail: 'Sign in with any name and ADMIN_TOKEN as the password, or send it as a bearer token.',
}
const NOT_SET_UP: Problem = {
  status: 503,
  title: 'Not set up',
  detail: 'Settings are missing; the start page of this service names them.',
}

/** Headers of the board's answer that are the page's own; all others are ours. */
const PASSED_ON = ['content-type', 'cache-control', 'etag', 'last-modified'] as const

/**
 * `/ops/queues`: the queues of all accounts, to look at, for the operator. What shows them takes some 20 MB: it is loaded
 * when somebody looks for the first time.
 */
export const queueBoardRoute =
  ({ config, api }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    let opening: Promise<QueueBoard> | null = null
    app.addHook('onClose', async () => (await opening)?.app.close())

    const open = (office: NonNullable<HttpDependencies['api']>['office']): Promise<QueueBoard> => {
      opening ??= import('./queue-board.ts')
        .then(({ buildQueueBoard }) => buildQueueBoard(office, PATH))
        .catch((error: unknown) => {
          opening = null
          throw error
        })
      return opening
    }

    for (const url of [PATH, `${PATH}/*`])
      app.get(url, { config: { rateLimit: RATE_LIMIT } }, async (request, reply) => {
        if (!isOperator(config, request.headers))
          return sendProblem(reply.header('www-authenticate', 'Basic realm="ops"'), SIGN_IN)
        if (!api) return sendProblem(reply, NOT_SET_UP)
        if (request.url === PATH) return reply.redirect(`${PATH}/`)
        const board = await open(api.office)
        await board.refresh()
        const { statusCode, headers, rawPayload } = await board.app.inject({ method: 'GET', url: request.url })
        for (const name of PASSED_ON) if (headers[name] !== undefined) reply.header(name, headers[name])
        return reply.code(statusCode).header('content-security-policy', POLICY).send(rawPayload)
      })
  }
