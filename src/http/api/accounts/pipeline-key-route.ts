import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers } from '../route-answers.ts'

/** What the widget puts into the settings of its action, so that the service knows whose pipeline calls. */
export const pipelineKeyRoute = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/digital-pipeline',
    {
      config: { access: 'change', ...RATES.read },
      schema: {
        tags: ['accounts'],
        summary: 'The key with which the account’s Digital Pipeline calls the service',
        params: accountParams,
        response: answers({ 200: z.object({ key: z.string().describe('For `POST /digital-pipeline`; keep it.') }) }),
      },
    },
    async (request, reply) => {
      const { id, record } = accountOf(request)
      if (record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      return { key: await office.accounts.pipelineKey(id) }
    },
  )
}
