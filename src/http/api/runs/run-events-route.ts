import { Readable } from 'node:stream'
import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { runView } from '../../../sync/queries/run-view.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { answers } from '../route-answers.ts'
import { runEvents } from './run-events.ts'
import { TOO_MANY_STREAMS, UNKNOWN_RUN } from './run-problems.ts'
import { runParams } from './run-schemas.ts'

/** Each looks at Redis twice a second. */
const MOST_STREAMS = 200

/** The progress of a run, told while it goes on. */
export const runEventsRoute = () => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const closing = new AbortController()
  app.addHook('preClose', async () => closing.abort())
  let streams = 0

  app.get(
    '/accounts/:accountId/runs/:run/events',
    {
      config: { access: 'read', ...RATES.read },
      schema: {
        tags: ['runs'],
        summary: 'Follow a run by server-sent events',
        description:
          'Events `progress` and, at last, `end`, each with a Run as its data. Ends after ten minutes; ask again then. ' +
          'Read it with fetch: EventSource cannot send the headers of access.',
        produces: ['text/event-stream'],
        params: runParams,
        response: answers({ 200: z.unknown() }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { run } = request.params
      if ((await runView(context, run)) === null) return sendApiProblem(reply, UNKNOWN_RUN)
      if (streams >= MOST_STREAMS) return sendApiProblem(reply.header('retry-after', '30'), TOO_MANY_STREAMS)
      streams += 1
      const gone = new AbortController()
      reply.raw.once('close', () => {
        streams -= 1
        gone.abort()
      })
      const events = runEvents(() => runView(context, run), AbortSignal.any([closing.signal, gone.signal]))
      return reply.type('text/event-stream').header('x-accel-buffering', 'no').send(Readable.from(events))
    },
  )
}
