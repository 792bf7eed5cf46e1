import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../../sync/queries/office.ts'
import { syncHealth } from '../../../sync/queries/sync-health.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, instantSchema, isoOf, isoOfMs, isoOrNull, listOf } from '../route-answers.ts'
import { accountSchema, shownAccount } from './account-schemas.ts'

export const healthSchema = z
  .object({
    account: accountSchema,
    due: z.object({
      clients: z.int().describe('Clients whose second has come and who are not decided yet.'),
      lagSeconds: z.int().describe('By how much the oldest of them is late.'),
    }),
    queue: z.record(z.string(), z.int()).describe('Jobs by state.'),
    intents: z.int().describe('Actions that were intended and are not carried out yet.'),
    lastHookAt: instantSchema.nullable().describe('When a webhook last came, to ten seconds.'),
    sweptUntil: instantSchema.nullable().describe('Everything that changed before is known.'),
    repairs: z.int().describe('Clients whose change a sweep found because no webhook had told of it.'),
    setAside: z
      .object({
        count: z.int(),
        first: listOf(
          z.object({
            entity: z.enum(['leads', 'contacts', 'companies']),
            entityId: z.int(),
            until: instantSchema,
          }),
        ),
      })
      .describe('Cards that something else keeps changing back: written to again after the hour, the first of them.'),
    limiter: z.object({
      used: z.int().describe('Requests to amoCRM in the last second.'),
      perSecond: z.number().describe('Requests a second that are allowed now.'),
      restsMs: z.int().describe('For so long nothing is sent.'),
      isClosed: z.boolean().describe('amoCRM’s protection stands in the way.'),
    }),
    tokens: z
      .object({
        kind: z.enum(['oauth', 'long_lived']),
        givenAt: instantSchema.nullable().describe('When amoCRM gave the pair.'),
        accessUntil: instantSchema.nullable().describe('The pair is renewed shortly before, or with the next request.'),
        refreshUntil: instantSchema
          .nullable()
          .describe('Not renewed until then, the account has to be connected anew.'),
      })
      .nullable()
      .describe('Null: there are none, or no key of this service opens them.'),
  })
  .meta({ id: 'SyncHealth', description: 'How the work of an account keeps up.' })

/** How well the segments keep up with the account. */
export const syncRoute = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/sync',
    {
      config: { access: 'read', ...RATES.read },
      schema: {
        tags: ['accounts'],
        summary: 'How the work of an account keeps up',
        params: accountParams,
        response: answers({ 200: healthSchema }),
      },
    },
    async (request) => {
      const { account, lastHookAt, sweptUntil, tokens, setAside, ...health } = await syncHealth(
        accountOf(request),
        office,
      )
      return {
        ...health,
        account: shownAccount(account),
        setAside: { ...setAside, first: setAside.first.map((one) => ({ ...one, until: isoOf(one.until) })) },
        lastHookAt: lastHookAt === null ? null : isoOfMs(lastHookAt),
        sweptUntil: isoOrNull(sweptUntil),
        tokens: tokens && {
          kind: tokens.kind,
          givenAt: isoOrNull(tokens.givenAt),
          accessUntil: isoOrNull(tokens.accessUntil),
          refreshUntil: isoOrNull(tokens.refreshUntil),
        },
      }
    },
  )
}
