import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { nowSeconds } from '../../../sync/account-context.ts'
import { activeBase } from '../../../sync/queries/active-base.ts'
import { comingSleepers } from '../../../sync/queries/coming-sleepers.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { activeBaseSchema, sleepersSchema } from './overview-schemas.ts'

const DAY_S = 86_400
const USUAL_DAYS = 90
const MOST_DAYS = 3_650

/** What is looked ahead, in days. */
const TERMS = [7, 30] as const

/** Figures of the whole base at a glance. */
export const overviewRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'read', ...RATES.read } as const
  const tags = ['segments']

  app.get(
    '/accounts/:accountId/active-base',
    {
      config,
      schema: {
        tags,
        summary: 'The active client base: clients with a purchase in the period among all, by manager',
        params: accountParams,
        querystring: z.object({
          days: z
            .string()
            .regex(/^\d{1,4}$/)
            .transform(Number)
            .pipe(z.number().min(1).max(MOST_DAYS))
            .optional()
            .describe(`The period, up to now; ${USUAL_DAYS} when left out.`),
        }),
        response: answers({ 200: activeBaseSchema }),
      },
    },
    async (request) => {
      const context = accountOf(request)
      const { days = USUAL_DAYS } = request.query
      // Half-open like every period: who bought exactly so long ago is out.
      const base = activeBase(await office.clients.of(context.id), nowSeconds(context) - days * DAY_S + 1)
      return { days, ...base }
    },
  )

  app.get(
    '/accounts/:accountId/sleepers',
    {
      config,
      schema: {
        tags,
        summary: 'Who falls asleep in the next 7 and 30 days if he does not buy, and what is at stake',
        params: accountParams,
        response: answers({ 200: sleepersSchema }),
      },
    },
    async (request) => {
      const context = accountOf(request)
      const rows = await office.clients.of(context.id)
      return comingSleepers(rows, context.compiled.calendar, nowSeconds(context), TERMS)
    },
  )
}
