import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FORMER_SECRET_S } from '../../../sync/keep-hooks.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { rotateHookSecret } from '../../../sync/rotate-hook-secret.ts'
import { sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers } from '../route-answers.ts'

const signingSchema = z.object({
  secret: z.string().describe('Key of the HMAC-SHA256 in `X-Amo-Segments-Signature`, over the very bytes of the body.'),
})

/** The secrets of an account: the one in the address of its webhook, and the one its own webhooks are signed with. */
export const secretRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const common = { tags: ['accounts'], params: accountParams }

  app.post(
    '/accounts/:accountId/hook-secret/rotate',
    {
      config: { access: 'change', ...RATES.heavy },
      schema: {
        ...common,
        summary: 'Replace the secret in the address of the account’s webhook',
        description:
          'amoCRM is told by itself. Webhooks with the old secret are taken until then and for a while after.',
        response: answers({
          202: z.object({
            formerIsTakenFor: z.int().describe('Seconds, from when amoCRM knows the new address.'),
          }),
        }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      await rotateHookSecret(context, office)
      request.log.info({ accountId: context.id, by: idOf(request) }, 'webhook secret replaced')
      return reply.code(202).send({ formerIsTakenFor: FORMER_SECRET_S })
    },
  )

  app.get(
    '/accounts/:accountId/signing-secret',
    {
      config: { access: 'change', ...RATES.change },
      schema: {
        ...common,
        summary: 'The secret with which webhooks of the policy are signed',
        response: answers({ 200: signingSchema }),
      },
    },
    async (request) => ({ secret: await office.accounts.signingSecret(accountOf(request).id) }),
  )

  app.post(
    '/accounts/:accountId/signing-secret/rotate',
    {
      config: { access: 'change', ...RATES.heavy },
      schema: {
        ...common,
        summary: 'Replace the secret with which webhooks of the policy are signed',
        description: 'It holds at once. What a receiver refuses meanwhile is sent again, for about an hour.',
        response: answers({ 200: signingSchema }),
      },
    },
    async (request, reply) => {
      const { id, record } = accountOf(request)
      if (record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      const secret = await office.accounts.rotateSigningSecret(id)
      request.log.info({ accountId: id, by: idOf(request) }, 'signing secret replaced')
      return { secret }
    },
  )
}

/** Who did it, without his name. */
const idOf = ({ caller }: Pick<FastifyRequest, 'caller'>): number | 'ops' =>
  caller?.type === 'user' ? caller.userId : 'ops'
