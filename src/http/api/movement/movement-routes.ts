import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { accountFunnel } from '../../../sync/queries/movement/account-funnel.ts'
import { REVENUE_OF, revenueOverTime } from '../../../sync/queries/movement/revenue.ts'
import { sourceReport } from '../../../sync/queries/movement/source-figures.ts'
import { MOST_DAYS, STEP_NAMES } from '../../../sync/queries/movement/steps.ts'
import { SurveyShelf } from '../../../sync/queries/movement/survey-shelf.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, isoOf, isoOfMs } from '../route-answers.ts'
import { dealFilterInput, readDealFilter } from '../segments/deal-filter-input.ts'
import { badPeriod, periodInput, readPeriod } from '../segments/period-input.ts'
import { funnelSchema, revenueSchema, sourcesSchema } from './movement-schemas.ts'

const LONGEST_DAYS = MOST_DAYS.month

const stuckInput = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, { error: 'must be a number of days from 1 to 999' })
  .transform(Number)

/** Figures over all deals of an account, from the mirror alone. */
export const movementRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'read', ...RATES.figures } as const
  const tags = ['segments']
  const shelf = new SurveyShelf()

  app.get(
    '/accounts/:accountId/revenue',
    {
      config,
      schema: {
        tags,
        summary: 'Revenue by lifecycle segment over time',
        params: accountParams,
        querystring: z.object({
          ...periodInput,
          ...dealFilterInput,
          step: z.enum(STEP_NAMES).default('month').describe('Of the account’s calendar; weeks begin on Monday.'),
          of: z
            .enum(REVENUE_OF)
            .default('buyer')
            .describe('`buyer`: the segment the client bought from; `now`: the one he is in today.'),
        }),
        response: answers({ 200: revenueSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { step, of } = request.query
      const period = readPeriod(request.query, office, MOST_DAYS[step])
      if (period === null) return sendApiProblem(reply, badPeriod(MOST_DAYS[step]))
      const { at, deals } = await shelf.of(context)
      const query = { ...period, ...readDealFilter(request.query), step, of }
      const steps = revenueOverTime(deals, context.compiled.calendar, query)
      return { asOf: isoOfMs(at), from: isoOf(period.from), to: isoOf(period.to), step, steps }
    },
  )

  app.get(
    '/accounts/:accountId/funnel',
    {
      config,
      schema: {
        tags,
        summary: 'Open deals by stage, and which of them are stuck',
        description: 'A deal is stuck when it has stood in its stage for longer than is usual there; see `stuckAfter`.',
        params: accountParams,
        querystring: z.object({
          ...dealFilterInput,
          stuckDays: stuckInput.optional().describe('Stuck after so many days in any stage.'),
          limit: z
            .string()
            .regex(/^(\d{1,2}|[1-4]\d\d|500)$/, { error: 'must be a number from 0 to 500' })
            .transform(Number)
            .default(100)
            .describe('At most so many stuck deals are listed.'),
        }),
        response: answers({ 200: funnelSchema }),
      },
    },
    async (request) => {
      const context = accountOf(request)
      const { stuckDays = null, limit } = request.query
      const { at, deals } = await shelf.of(context)
      const found = await accountFunnel(context, deals, { ...readDealFilter(request.query), stuckDays, limit })
      const stuck = found.stuck.map((deal) => ({ ...deal, since: isoOf(deal.since) }))
      return { ...found, asOf: isoOfMs(at), stuck }
    },
  )

  app.get(
    '/accounts/:accountId/sources',
    {
      config,
      schema: {
        tags,
        summary: 'Conversion and revenue by where deals came from',
        params: accountParams,
        querystring: z.object({ ...periodInput, ...dealFilterInput }),
        response: answers({ 200: sourcesSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const period = readPeriod(request.query, office, LONGEST_DAYS)
      if (period === null) return sendApiProblem(reply, badPeriod(LONGEST_DAYS))
      const { at, deals } = await shelf.of(context)
      const { losses, ...report } = sourceReport(deals, { ...period, ...readDealFilter(request.query) })
      const { lossReasons } = context.compiled.account
      const nameOf = (id: number | null) => lossReasons.find((reason) => reason.id === id)?.name ?? null
      return {
        ...report,
        ...{ asOf: isoOfMs(at), from: isoOf(period.from), to: isoOf(period.to) },
        losses: losses.map((loss) => ({ ...loss, name: nameOf(loss.id) })),
        known: deals.sources.toSorted(),
      }
    },
  )
}
