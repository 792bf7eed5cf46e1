import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { accountCatalogue } from '../../../sync/queries/account-catalogue.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { catalogueSchema } from './catalogue-schema.ts'

/** What the rules of an account are made of. */
export const catalogueRoute = () => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/catalogue',
    {
      config: { access: 'read', ...RATES.change },
      schema: {
        tags: ['accounts'],
        summary: 'The facts rules can ask about, and the tags in use',
        description: 'Every fact with the ways it can be compared, custom fields included.',
        params: accountParams,
        response: answers({ 200: catalogueSchema }),
      },
    },
    async (request) => accountCatalogue(accountOf(request)),
  )
}
