import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { accountCatalogue } from '../../../sync/queries/account-catalogue.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { catalogueSchema } from './catalogue-schema.ts'

/** The names in an account: what settings and rules are made of. */
export const catalogueRoute = () => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/catalogue',
    {
      config: { access: 'read', ...RATES.change },
      schema: {
        tags: ['accounts'],
        summary: 'Pipelines, users, loss reasons, fields, tags and facts of an account',
        description: 'As last read from amoCRM; the names a policy may use, and how each fact can be compared.',
        params: accountParams,
        response: answers({ 200: catalogueSchema }),
      },
    },
    async (request) => accountCatalogue(accountOf(request)),
  )
}
