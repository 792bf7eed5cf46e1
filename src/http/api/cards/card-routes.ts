import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { lookJob } from '../../../sync/job-catalog.ts'
import { cardPanel } from '../../../sync/queries/card-panel.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers, idParam } from '../route-answers.ts'
import { cardEntity, panelSchema, shownPanel } from './card-schemas.ts'

/** As many as amoCRM shows on a page of a list, and more. */
const MOST_CARDS = 250

/** Cards of amoCRM as people have them open: deals, contacts, companies. */
export const cardRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const tags = ['cards']

  app.get(
    '/accounts/:accountId/cards/:entity/:cardId',
    {
      config: { access: 'read', ...RATES.read },
      schema: {
        tags,
        summary: 'What the panel of a card shows: of a deal the segments of its client',
        description: 'A card that is not known is answered too, with the reason in words.',
        params: accountParams.extend({ entity: cardEntity, cardId: idParam }),
        response: answers({ 200: panelSchema }),
      },
    },
    async (request) => {
      const { entity, cardId: id } = request.params
      const { caller } = request
      const mayChange = caller !== null && (caller.type === 'ops' || caller.isAdmin)
      return shownPanel(await cardPanel(accountOf(request), { entity, id }), mayChange)
    },
  )

  app.post(
    '/accounts/:accountId/cards/recompute',
    {
      config: { access: 'change', ...RATES.change },
      schema: {
        tags,
        summary: 'Read cards again and make their clients right',
        params: accountParams,
        body: z.strictObject({
          cards: z
            .array(z.strictObject({ entity: cardEntity, id: z.int().positive() }))
            .min(1)
            .max(MOST_CARDS),
        }),
        response: answers({ 202: z.object({ queued: z.int().describe('Cards that will be read.') }) }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const cards = new Map(request.body.cards.map((card) => [`${card.entity}:${card.id}`, card]))
      const looks = [...cards.values()].map(({ entity, id }) => lookJob({ entity, id, incoming: false }))
      await office.queues.add(context.id, looks)
      return reply.code(202).send({ queued: cards.size })
    },
  )
}
