import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../../sync/queries/office.ts'
import { canBeUndone, hasEnded, runReport, runView, runViews } from '../../../sync/queries/run-view.ts'
import { startResync, startUndo } from '../../../sync/start-run.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf, authorOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers, listOf } from '../route-answers.ts'
import { NO_REPORT, NOT_UNDONE, RUN_ENDED, RUN_NOT_ENDED, UNKNOWN_RUN } from './run-problems.ts'
import { reportSchema, runParams, runSchema, shownReport, shownRun } from './run-schemas.ts'

/** Work over the whole base: what there is, begun, called off and taken back. */
export const runRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const tags = ['runs']
  const read = { access: 'read', ...RATES.read } as const
  const change = { access: 'change', ...RATES.change } as const

  app.get(
    '/accounts/:accountId/runs',
    {
      config: read,
      schema: {
        tags,
        summary: 'The runs of an account, the newest first',
        params: accountParams,
        response: answers({ 200: z.object({ runs: listOf(runSchema) }) }),
      },
    },
    async (request) => ({ runs: (await runViews(accountOf(request))).map(shownRun) }),
  )

  app.get(
    '/accounts/:accountId/runs/:run',
    {
      config: read,
      schema: { tags, summary: 'One run and how far it is', params: runParams, response: answers({ 200: runSchema }) },
    },
    async (request, reply) => {
      const view = await runView(accountOf(request), request.params.run)
      return view === null ? sendApiProblem(reply, UNKNOWN_RUN) : shownRun(view)
    },
  )

  app.get(
    '/accounts/:accountId/runs/:run/report',
    {
      config: read,
      schema: {
        tags,
        summary: 'What an undo or a clean-up took back, and what stays',
        params: runParams,
        response: answers({ 200: reportSchema }),
      },
    },
    async (request, reply) => {
      const report = await runReport(accountOf(request), request.params.run)
      return report === null ? sendApiProblem(reply, NO_REPORT) : shownReport(report)
    },
  )

  app.post(
    '/accounts/:accountId/runs/:run/cancel',
    {
      config: change,
      schema: {
        tags,
        summary: 'Call a run off',
        description: 'It stops a moment later, where it is; an undo takes back what it did until then.',
        params: runParams,
        response: answers({ 202: runSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { run } = request.params
      const view = await runView(context, run)
      if (view === null) return sendApiProblem(reply, UNKNOWN_RUN)
      if (hasEnded(view)) return sendApiProblem(reply, RUN_ENDED)
      await context.runs.cancel(context.id, run, context.clock())
      request.log.info({ accountId: context.id, run }, 'run to be called off')
      return reply.code(202).send(shownRun((await runView(context, run)) ?? view))
    },
  )

  app.post(
    '/accounts/:accountId/runs/:run/undo',
    {
      config: change,
      schema: {
        tags,
        summary: 'Take back what a run wrote',
        description: 'What a person changed since is left as it is; the report says so.',
        params: runParams,
        response: answers({ 202: z.object({ run: z.string().describe('Run that takes it back.') }) }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { run } = request.params
      const view = await runView(context, run)
      if (view === null) return sendApiProblem(reply, UNKNOWN_RUN)
      if (!canBeUndone(run)) return sendApiProblem(reply, NOT_UNDONE)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const undoing = await runView(context, `undo-${run}`)
      if (!hasEnded(view) || (undoing !== null && !hasEnded(undoing))) return sendApiProblem(reply, RUN_NOT_ENDED)
      return reply.code(202).send({ run: await startUndo(context, office.queues, run, authorOf(request)) })
    },
  )

  app.post(
    '/accounts/:accountId/resync',
    {
      config: change,
      schema: {
        tags,
        summary: 'Read the whole base again',
        params: accountParams,
        response: answers({ 202: z.object({ run: z.string() }) }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      return reply.code(202).send({ run: await startResync(context, office.queues, authorOf(request)) })
    },
  )
}
