import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { canBeUndone, runView } from '../../../sync/queries/run-view.ts'
import { undoOutlook } from '../../../sync/queries/undo-outlook.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { answers } from '../route-answers.ts'
import { NOT_UNDONE, UNKNOWN_RUN } from './run-problems.ts'
import { outlookSchema, runParams, shownOutlook } from './run-schemas.ts'

/** What taking a run back would come to, before anybody does it. */
export const undoOutlookRoute = () => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/runs/:run/undo',
    {
      config: { access: 'read', ...RATES.heavy },
      schema: {
        tags: ['runs'],
        summary: 'What an undo of a run would take back, and what not',
        description: 'From the journal and the mirror; amoCRM is not called and nothing is written.',
        params: runParams,
        response: answers({ 200: outlookSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { run } = request.params
      if ((await runView(context, run)) === null) return sendApiProblem(reply, UNKNOWN_RUN)
      if (!canBeUndone(run)) return sendApiProblem(reply, NOT_UNDONE)
      return shownOutlook(await undoOutlook(context, run))
    },
  )
}
