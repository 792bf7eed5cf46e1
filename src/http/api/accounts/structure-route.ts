import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers } from '../route-answers.ts'
import { shownStructure, structureSchema } from './structure-schema.ts'

/** What the pages call users, stages and fields by. */
export const structureRoute = () => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/accounts/:accountId/structure',
    {
      config: { access: 'read', ...RATES.read },
      schema: {
        tags: ['accounts'],
        summary: 'Users, pipelines, loss reasons and fields of an account, its time zone and currency',
        params: accountParams,
        response: answers({ 200: structureSchema }),
      },
    },
    async (request) => {
      const { compiled, policy } = accountOf(request)
      return shownStructure(compiled.account, policy)
    },
  )
}
