import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { EVERY_CLIENT, makeClientList } from '../../../sync/queries/client-list.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { ruleMatches } from '../../../sync/queries/rule-matches.ts'
import { segmentMoves } from '../../../sync/queries/segment-moves.ts'
import { segmentHistory, segmentOverview } from '../../../sync/queries/segment-overview.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RULE_UNKNOWN, SEGMENT_UNKNOWN } from '../clients/client-problems.ts'
import { cursorInput, LIST_OVER, limitInput, nextCursor, readCursor } from '../clients/list-cursor.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, isoOf, listOf } from '../route-answers.ts'
import { dealFilterInput, readDealFilter } from './deal-filter-input.ts'
import { movesSchema } from './moves-schema.ts'
import { badPeriod, periodInput, readPeriod } from './period-input.ts'
import { matchesSchema, shownMatch } from './rule-schemas.ts'
import { unknownDimension } from './segment-input.ts'
import { segmentsSchema } from './segment-schemas.ts'

const MOST_DAYS = 366
const USUAL_DAYS = 30
const USUAL_LIMIT = 100

/** Figures over all clients of an account. */
export const segmentRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'read', ...RATES.read } as const
  const tags = ['segments']

  app.get(
    '/accounts/:accountId/segments',
    {
      config,
      schema: {
        tags,
        summary: 'Every segment with its clients of this moment',
        params: accountParams,
        response: answers({
          200: segmentsSchema,
        }),
      },
    },
    async (request) => ({ segments: await segmentOverview(accountOf(request)) }),
  )

  app.get(
    '/accounts/:accountId/segments/days',
    {
      config,
      schema: {
        tags,
        summary: 'Clients by segment and day of the account’s calendar',
        params: accountParams,
        querystring: z.object({
          days: z
            .string()
            .regex(/^\d{1,3}$/)
            .transform(Number)
            .pipe(z.number().min(1).max(MOST_DAYS))
            .optional()
            .describe(`How many, up to today; ${USUAL_DAYS} when left out.`),
        }),
        response: answers({
          200: z.object({
            days: listOf(
              z.object({
                day: z.iso.date(),
                counts: z.record(z.string(), z.int()).describe('By `dimension:segment`.'),
              }),
            ),
          }),
        }),
      },
    },
    async (request) => ({ days: await segmentHistory(accountOf(request), request.query.days ?? USUAL_DAYS) }),
  )

  app.get(
    '/accounts/:accountId/segments/moves',
    {
      config: { access: 'read', ...RATES.figures },
      schema: {
        tags,
        summary: 'From which segment to which clients went in a period',
        description: 'By who was responsible for the client then, his newest deal’s pipeline, his first deal’s source.',
        params: accountParams,
        querystring: z.object({
          dimension: z.string().max(80),
          ...periodInput,
          ...dealFilterInput,
        }),
        response: answers({
          200: movesSchema,
        }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { dimension } = request.query
      if (unknownDimension(context, dimension)) return sendApiProblem(reply, SEGMENT_UNKNOWN)
      const period = readPeriod(request.query, office, MOST_DAYS)
      if (period === null) return sendApiProblem(reply, badPeriod(MOST_DAYS))
      const found = await segmentMoves(context, { dimension, ...period, ...readDealFilter(request.query) })
      return { from: isoOf(period.from), to: isoOf(period.to), ...found }
    },
  )

  app.get(
    '/accounts/:accountId/rules/:ruleId/matches',
    {
      config,
      schema: {
        tags,
        summary: 'Clients and deals for whom a rule holds, page by page',
        description: 'A page may hold fewer matches than clients were asked for.',
        params: accountParams.extend({ ruleId: z.string().min(1).max(64) }),
        querystring: z.object({ limit: limitInput, cursor: cursorInput.optional() }),
        response: answers({
          200: matchesSchema,
        }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { ruleId } = request.params
      const { cursor, limit = USUAL_LIMIT } = request.query
      if (unknownDimension(context, `rule:${ruleId}`)) return sendApiProblem(reply, RULE_UNKNOWN)
      let place = cursor === undefined ? null : readCursor(cursor)
      if (place === null) {
        const members = { dimension: `rule:${ruleId}`, segment: 'match' }
        place = {
          name: await makeClientList(context, office, { ...EVERY_CLIENT, members }),
          from: 0,
          descending: false,
        }
      }
      const { total, clients } = await office.lists.page(context.id, place.name, { ...place, count: limit })
      if (total === 0 && cursor !== undefined) return sendApiProblem(reply, LIST_OVER)
      const found = await ruleMatches(context, office.rows, ruleId, clients)
      return { clients: total, matches: found.map(shownMatch), next: nextCursor(place, clients.length, total) }
    },
  )
}
