import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { lookJob } from '../../../sync/job-catalog.ts'
import { lockClient, unlockClient } from '../../../sync/lock-client.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf, authorOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, answers } from '../route-answers.ts'
import { unknownSegment } from '../segments/segment-input.ts'
import { SEGMENT_UNKNOWN, UNKNOWN_CLIENT, UNTIL_PAST } from './client-problems.ts'
import { clientParams, dimensionSchema, lockSchema } from './client-schemas.ts'

const lockParams = clientParams.extend({ dimension: dimensionSchema })

/** What people do to one client: have him looked at, set a segment by hand, let the rules answer again. */
export const clientChangeRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'change', ...RATES.change } as const
  const tags = ['clients']

  app.post(
    '/accounts/:accountId/clients/:kind/:clientId/recompute',
    {
      config,
      schema: {
        tags,
        summary: 'Read a client again and make him right',
        params: clientParams,
        response: answers({ 202: z.object({ queued: z.literal(true) }) }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const { kind, clientId } = request.params
      await office.queues.add(context.id, [lookJob({ entity: kind, id: clientId, incoming: false })])
      return reply.code(202).send({ queued: true })
    },
  )

  app.put(
    '/accounts/:accountId/clients/:kind/:clientId/locks/:dimension',
    {
      config,
      schema: {
        tags,
        summary: 'Set a segment by hand',
        description: 'It stands until the given instant, or until it is taken away, whatever the rules say.',
        params: lockParams,
        body: z.strictObject({
          segment: z.string().min(1).max(120).describe('Of the value a label of its tiers.'),
          until: z.iso.datetime({ offset: true }).nullable().default(null).describe('Null: until it is taken away.'),
        }),
        response: answers({ 200: lockSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const { kind, clientId: id, dimension } = request.params
      const { segment, until } = request.body
      if (unknownSegment(context, { dimension: dimension === 'value' ? 'tier' : dimension, segment }))
        return sendApiProblem(reply, SEGMENT_UNKNOWN)
      const end = until === null ? null : Math.floor(Date.parse(until) / 1000)
      if (end !== null && end * 1000 <= context.clock()) return sendApiProblem(reply, UNTIL_PAST)
      const author = authorOf(request)
      const isKnown = await lockClient(context, office.queues, { kind, id }, { dimension, segment, author, until: end })
      if (!isKnown) return sendApiProblem(reply, UNKNOWN_CLIENT)
      request.log.info({ accountId: context.id, kind, id, dimension }, 'segment set by hand')
      return { dimension, segment, author, until }
    },
  )

  app.delete(
    '/accounts/:accountId/clients/:kind/:clientId/locks/:dimension',
    {
      config,
      schema: {
        tags,
        summary: 'Let the rules answer again',
        params: lockParams,
        response: answers({ 204: z.null().describe('No lock stands.') }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const { kind, clientId: id, dimension } = request.params
      const isKnown = await unlockClient(context, office.queues, { kind, id }, dimension)
      if (!isKnown) return sendApiProblem(reply, UNKNOWN_CLIENT)
      request.log.info({ accountId: context.id, kind, id, dimension }, 'segment let go')
      return reply.code(204).send(null)
    },
  )
}
