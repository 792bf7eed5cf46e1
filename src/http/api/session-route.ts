import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { SessionTokens } from '../auth/session-tokens.ts'
import { RATES } from './rate-limits.ts'
import { answers, instantSchema, isoOf } from './route-answers.ts'

export const callerSchema = z
  .object({
    type: z.enum(['user', 'ops']).describe('Somebody of an account, or the operator of the service.'),
    accountId: z.int().nullable().describe('Null: the operator, who sees every account.'),
    userId: z.int().nullable(),
    isAdmin: z.boolean().describe('Whether he may change anything.'),
  })
  .meta({ id: 'Caller', description: 'Who calls.' })

const sessionSchema = z.object({
  token: z.string().describe('Send it as `Authorization: Bearer`.'),
  expiresAt: instantSchema,
  accountId: z.int(),
  userId: z.int(),
  isAdmin: z.boolean().describe('Whether this person may change anything.'),
})

/** `POST /session`: a one-time token for a session of half an hour. `GET /session`: whose it is. */
export const sessionRoute =
  ({ sessions, clock }: { readonly sessions: SessionTokens; readonly clock: () => number }) =>
  async (scope: FastifyInstance) => {
    const app = scope.withTypeProvider<ZodTypeProvider>()
    app.post(
      '/session',
      {
        config: { access: 'session', ...RATES.session },
        schema: {
          tags: ['session'],
          summary: 'Exchange a one-time token for a session',
          description: 'The token in X-Auth-Token is used up. A session cannot be renewed by itself.',
          security: [{ oneTimeToken: [] }],
          response: answers({ 201: sessionSchema }),
        },
      },
      async ({ caller }, reply) => {
        if (caller?.type !== 'user') throw new Error('only a one-time token opens a session')
        const { token, expiresAt } = await sessions.issue(caller, Math.floor(clock() / 1000))
        const { accountId, userId, isAdmin } = caller
        return reply.code(201).send({ token, expiresAt: isoOf(expiresAt), accountId, userId, isAdmin })
      },
    )

    app.get(
      '/session',
      {
        config: { access: 'read', ...RATES.read },
        schema: {
          tags: ['session'],
          summary: 'Who calls, and whether he may change anything',
          response: answers({ 200: callerSchema }),
        },
      },
      async ({ caller }): Promise<z.output<typeof callerSchema>> =>
        caller?.type === 'user' ? caller : { type: 'ops', accountId: null, userId: null, isAdmin: true },
    )
  }
