import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { LIST_SORTS, listedClients, makeClientList } from '../../../sync/queries/client-list.ts'
import { clientView } from '../../../sync/queries/client-view.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, idParam, listOf } from '../route-answers.ts'
import { unknownSegment } from '../segments/segment-input.ts'
import { SEGMENT_UNKNOWN, tooMany, UNKNOWN_CLIENT } from './client-problems.ts'
import { clientParams, clientSchema, listedSchema, shownClient, shownListed } from './client-schemas.ts'
import { cursorInput, LIST_OVER, limitInput, nextCursor, readCursor } from './list-cursor.ts'

const USUAL_LIMIT = 50

const listQuery = z
  .object({
    dimension: z
      .string()
      .max(80)
      .optional()
      .describe('`lifecycle`, `temperature`, `standing`, `tier`, or `rule:` and the id of a rule.'),
    segment: z.string().max(120).optional().describe('Of a rule `match`.'),
    sort: z.enum(LIST_SORTS).default('id'),
    order: z.enum(['asc', 'desc']).default('asc'),
    responsibleUserId: idParam.optional(),
    limit: limitInput,
    cursor: cursorInput.optional(),
  })
  .refine(({ dimension, segment }) => (dimension === undefined) === (segment === undefined), {
    error: 'dimension and segment come together',
    path: ['segment'],
  })

/** The clients of an account: listed by segment, and each with all that explains him. */
export const clientRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'read', ...RATES.read } as const
  const tags = ['clients']

  app.get(
    '/accounts/:accountId/clients',
    {
      config,
      schema: {
        tags,
        summary: 'Clients of a segment, page by page',
        description: 'Without a segment all clients. With a cursor nothing but it and the limit counts.',
        params: accountParams,
        querystring: listQuery,
        response: answers({
          200: z.object({ total: z.int(), clients: listOf(listedSchema), next: z.string().nullable() }),
        }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { dimension, segment, sort, order, responsibleUserId = null, limit, cursor } = request.query
      let place = cursor === undefined ? null : readCursor(cursor)
      if (place === null) {
        const members = dimension === undefined || segment === undefined ? null : { dimension, segment }
        if (members && unknownSegment(context, members)) return sendApiProblem(reply, SEGMENT_UNKNOWN)
        const made = await makeClientList(context, office, { members, sort, responsibleUserId })
        if (made.type === 'too_many') return sendApiProblem(reply, tooMany(made.clients, made.most))
        place = { name: made.name, from: 0, descending: order === 'desc' }
      }
      const count = limit ?? USUAL_LIMIT
      const { total, clients } = await office.lists.page(context.id, place.name, { ...place, count })
      if (total === 0 && cursor !== undefined) return sendApiProblem(reply, LIST_OVER)
      const rows = await listedClients(context, clients)
      return { total, clients: rows.map(shownListed), next: nextCursor(place, clients.length, total) }
    },
  )

  app.get(
    '/accounts/:accountId/clients/:kind/:clientId',
    {
      config,
      schema: {
        tags,
        summary: 'One client: his segments and why, his purchases, his past and what comes next',
        params: clientParams,
        response: answers({ 200: clientSchema }),
      },
    },
    async (request, reply) => {
      const { kind, clientId: id } = request.params
      const view = await clientView(accountOf(request), { kind, id })
      return view === null ? sendApiProblem(reply, UNKNOWN_CLIENT) : shownClient(view)
    },
  )
}
