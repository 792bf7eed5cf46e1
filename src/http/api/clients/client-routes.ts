import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { nowSeconds } from '../../../sync/account-context.ts'
import { makeClientList } from '../../../sync/queries/client-list.ts'
import { clientView } from '../../../sync/queries/client-view.ts'
import { listedClients } from '../../../sync/queries/listed-clients.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { unknownSegment } from '../segments/segment-input.ts'
import { SEGMENT_UNKNOWN, UNKNOWN_CLIENT } from './client-problems.ts'
import { clientPageSchema, clientParams, clientSchema, shownClient, shownListed } from './client-schemas.ts'
import { cursorInput, LIST_OVER, limitInput, nextCursor, readCursor } from './list-cursor.ts'
import { isWholeMember, listQueryShape, readListQuery, WHOLE_MEMBER } from './list-query.ts'

const USUAL_LIMIT = 50

const listQuery = z
  .object({ ...listQueryShape, limit: limitInput, cursor: cursorInput.optional() })
  .refine(isWholeMember, WHOLE_MEMBER)

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
          200: clientPageSchema,
        }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { order, limit, cursor, ...asked } = request.query
      let place = cursor === undefined ? null : readCursor(cursor)
      if (place === null) {
        const query = readListQuery(asked, nowSeconds(context))
        if (query.members && unknownSegment(context, query.members)) return sendApiProblem(reply, SEGMENT_UNKNOWN)
        place = { name: await makeClientList(context, office, query), from: 0, descending: order === 'desc' }
      }
      const count = limit ?? USUAL_LIMIT
      const { total, clients } = await office.lists.page(context.id, place.name, { ...place, count })
      if (total === 0 && cursor !== undefined) return sendApiProblem(reply, LIST_OVER)
      const rows = await listedClients(context, office.rows, clients)
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
      const context = accountOf(request)
      const { kind, clientId: id } = request.params
      const [view, [name = '']] = await Promise.all([
        clientView(context, { kind, id }),
        office.rows.names(context.id, [{ kind, id }]),
      ])
      return view === null ? sendApiProblem(reply, UNKNOWN_CLIENT) : shownClient(view, name)
    },
  )
}
