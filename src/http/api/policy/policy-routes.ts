import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Office } from '../../../sync/queries/office.ts'
import { policyDifference, policyJsonSchema, presetsFor } from '../../../sync/queries/policy-check.ts'
import { readPolicy } from '../../../sync/queries/read-policy.ts'
import { rfmSuggestion } from '../../../sync/queries/rfm-suggestion.ts'
import { type ApiProblem, sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, idParam, listOf } from '../route-answers.ts'
import { policyAnswer, rfmSuggestionSchema, shownVersion, versionSchema } from './policy-schemas.ts'

export const UNKNOWN_VERSION: ApiProblem = {
  status: 404,
  code: 'version_unknown',
  title: 'Not found',
  detail: 'The account has no policy of this version.',
}

const UNREADABLE: ApiProblem = {
  status: 422,
  code: 'version_unreadable',
  title: 'Version unreadable',
  detail: 'One of these versions was written in a form this program does not know any more.',
}

const MOST_VERSIONS = 100

/** Reading the policy of an account, its past, and what one may be made of. */
export const policyRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const { policies } = office
  const config = { access: 'read', ...RATES.read } as const
  const tags = ['policy']
  const jsonSchema = policyJsonSchema()

  app.get(
    '/accounts/:accountId/policy',
    {
      config,
      schema: {
        tags,
        summary: 'The policy in force',
        description: 'Its version is also the ETag: send it as If-Match, or as `base`, with a change.',
        params: accountParams,
        response: answers({ 200: policyAnswer }),
      },
    },
    async (request, reply) => {
      const { id, policy } = accountOf(request)
      const stored = await policies.current(id)
      reply.header('etag', `"${stored?.version ?? 0}"`)
      return stored === null
        ? { version: 0, savedAt: null, author: null, scope: null, trial: [], policy }
        : { ...shownVersion(stored), policy: readPolicy(stored.policy) ?? stored.policy }
    },
  )

  app.get(
    '/accounts/:accountId/policy/versions',
    {
      config,
      schema: {
        tags,
        summary: 'Former policies, newest first',
        params: accountParams,
        querystring: z.object({
          before: idParam.optional().describe('Only versions before this one; for the next page.'),
        }),
        response: answers({ 200: z.object({ versions: listOf(versionSchema) }) }),
      },
    },
    async (request) => {
      const { before = null } = request.query
      const versions = await policies.history(accountOf(request).id, before, MOST_VERSIONS)
      return { versions: versions.map(shownVersion) }
    },
  )

  app.get(
    '/accounts/:accountId/policy/versions/:version',
    {
      config,
      schema: {
        tags,
        summary: 'One former policy',
        params: accountParams.extend({ version: idParam }),
        response: answers({ 200: policyAnswer }),
      },
    },
    async (request, reply) => {
      const stored = await policies.version(accountOf(request).id, request.params.version)
      return stored === null
        ? sendApiProblem(reply, UNKNOWN_VERSION)
        : { ...shownVersion(stored), policy: readPolicy(stored.policy) ?? stored.policy }
    },
  )

  app.get(
    '/accounts/:accountId/policy/diff',
    {
      config,
      schema: {
        tags,
        summary: 'What differs between two versions, in words',
        params: accountParams,
        querystring: z.object({ from: idParam, to: idParam }),
        response: answers({ 200: z.object({ ru: listOf(z.string()), en: listOf(z.string()) }) }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const { from, to } = request.query
      const [before, after] = await Promise.all([from, to].map((version) => policies.version(context.id, version)))
      if (!before || !after) return sendApiProblem(reply, UNKNOWN_VERSION)
      return policyDifference(context, before.policy, after.policy) ?? sendApiProblem(reply, UNREADABLE)
    },
  )

  app.get(
    '/accounts/:accountId/policy/presets',
    {
      config,
      schema: {
        tags,
        summary: 'Ready-made policies, fitted to the account',
        params: accountParams,
        response: answers({ 200: z.object({ presets: listOf(z.object({ name: z.string(), policy: z.unknown() })) }) }),
      },
    },
    async (request) => ({ presets: presetsFor(accountOf(request)) }),
  )

  app.get(
    '/accounts/:accountId/policy/rfm',
    {
      config: { access: 'read', ...RATES.heavy },
      schema: {
        tags,
        summary: 'Bounds of the RFM scores that fit the account',
        description: 'Fifths of its buyers of this moment; a suggestion, nothing is changed.',
        params: accountParams,
        response: answers({ 200: rfmSuggestionSchema }),
      },
    },
    async (request) => rfmSuggestion(accountOf(request)),
  )

  app.get(
    '/policy/schema',
    {
      config,
      schema: {
        tags,
        summary: 'JSON Schema of a policy',
        response: answers({ 200: z.record(z.string(), z.unknown()) }),
      },
    },
    async () => jsonSchema,
  )
}
