import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { pauseAccount, resumeAccount } from '../../../sync/pause-account.ts'
import { accountStatus } from '../../../sync/queries/account-status.ts'
import { accountNow, type Office } from '../../../sync/queries/office.ts'
import { removeAccount } from '../../../sync/remove-account.ts'
import { type ApiProblem, sendApiProblem } from '../api-problem.ts'
import { accountOf, authorOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers, isoOfMs, listOf } from '../route-answers.ts'
import { accountSchema, shownAccount } from './account-schemas.ts'
import { removedSchema } from './removed-schema.ts'

const NO_ACCESS: ApiProblem = {
  status: 409,
  code: 'no_access',
  title: 'No access any more',
  detail:
    'amoCRM does not let this service into the account any more, so nothing can be taken off its cards. Install the integration again, then remove the account with cleanUp=true.',
}

/** The installed accounts: how they are, their work stopped and let go on, and their end. */
export const accountRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const tags = ['accounts']

  app.get(
    '/accounts',
    {
      config: { access: 'ops', ...RATES.read },
      schema: {
        tags,
        summary: 'All installed accounts',
        security: [{ bearer: [] }],
        response: answers({ 200: z.object({ accounts: listOf(accountSchema) }) }),
      },
    },
    async () => {
      const contexts = await Promise.all((await office.accounts.ids()).map((id) => accountNow(office, id)))
      const statuses = await Promise.all(contexts.flatMap((context) => (context ? [accountStatus(context)] : [])))
      return { accounts: statuses.toSorted((one, other) => one.installedAt - other.installedAt).map(shownAccount) }
    },
  )

  app.get(
    '/accounts/:accountId',
    {
      config: { access: 'read', ...RATES.read },
      schema: {
        tags,
        summary: 'How an account is',
        params: accountParams,
        response: answers({ 200: accountSchema }),
      },
    },
    async (request) => shownAccount(await accountStatus(accountOf(request))),
  )

  app.post(
    '/accounts/:accountId/pause',
    {
      config: { access: 'change', ...RATES.change },
      schema: {
        tags,
        summary: 'Stop all work of an account',
        description: 'What happens meanwhile is not lost: it waits, and is done when the work goes on.',
        params: accountParams,
        response: answers({ 200: accountSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      await pauseAccount(context, office.queues, authorOf(request))
      return shownAccount(await accountStatus(context))
    },
  )

  app.post(
    '/accounts/:accountId/resume',
    {
      config: { access: 'change', ...RATES.change },
      schema: {
        tags,
        summary: 'Let the work of an account go on',
        params: accountParams,
        response: answers({ 200: accountSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
      await resumeAccount(context, office.queues)
      return shownAccount(await accountStatus(context))
    },
  )

  app.delete(
    '/accounts/:accountId',
    {
      config: { access: 'change', ...RATES.change },
      schema: {
        tags,
        summary: 'Let an account go',
        description:
          'Its work ends. With `cleanUp=true` all tags and field values of ours are taken away first; this needs access to the account, so not after the integration was switched off in amoCRM: then install it again first. Its tokens are dropped when the clean-up is over. All that is known of it is erased after REMOVED_ACCOUNT_DAYS; installed again before, it goes on by its policy.',
        params: accountParams,
        querystring: z.object({ cleanUp: z.enum(['true', 'false']).default('false') }),
        response: answers({
          202: removedSchema,
        }),
      },
    },
    async (request, reply) => {
      const { cleanUp } = request.query
      const options = { cleanUp: cleanUp === 'true', author: authorOf(request) }
      const removal = await removeAccount(accountOf(request), office, options)
      if (removal.type === 'no_access') return sendApiProblem(reply, NO_ACCESS)
      const { hook, cleanUp: run, eraseAt } = removal
      return reply.code(202).send({ hook, cleanUp: run, eraseAt: isoOfMs(eraseAt) })
    },
  )
}
