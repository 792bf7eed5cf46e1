import { Readable } from 'node:stream'
import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { nowSeconds } from '../../../sync/account-context.ts'
import { chosenClients } from '../../../sync/queries/client-list.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { unknownSegment } from '../segments/segment-input.ts'
import { clientFile } from './client-file.ts'
import { SEGMENT_UNKNOWN } from './client-problems.ts'
import { isWholeMember, listQueryShape, readListQuery, WHOLE_MEMBER } from './list-query.ts'

/** The clients of an account as a file for a spreadsheet. */
export const clientFileRoute = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/clients/file',
    {
      config: { access: 'read', ...RATES.heavy },
      schema: {
        tags: ['clients'],
        summary: 'Clients as a CSV file',
        description: 'UTF-8 with a byte order mark; in Russian separated by semicolons, with decimal commas.',
        produces: ['text/csv'],
        params: accountParams,
        querystring: z
          .object({ ...listQueryShape, lang: z.enum(['ru', 'en']).default('ru') })
          .refine(isWholeMember, WHOLE_MEMBER),
        response: answers({ 200: z.unknown() }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { order, lang, ...asked } = request.query
      const query = readListQuery(asked, nowSeconds(context))
      if (query.members && unknownSegment(context, query.members)) return sendApiProblem(reply, SEGMENT_UNKNOWN)
      const clients = await chosenClients(context, office, query)
      const ordered = order === 'desc' ? clients.toReversed() : clients
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="clients-${context.id}.csv"`)
        .send(Readable.from(clientFile(context, office.rows, ordered, lang)))
    },
  )
}
