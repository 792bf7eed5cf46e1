import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { applyPolicy, type PolicyChange } from '../../../sync/apply-policy.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { type ApiProblem, sendApiProblem } from '../api-problem.ts'
import { accountOf, authorOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { ACCOUNT_REMOVED, accountParams, answers, idParam } from '../route-answers.ts'
import { answerApplication } from './applied-answer.ts'
import { UNKNOWN_VERSION } from './policy-routes.ts'
import { appliedSchema, baseInput, POLICY_BODY_BYTES, policyInput, scopeInput } from './policy-schemas.ts'

const BASE_NEEDED: ApiProblem = {
  status: 428,
  code: 'base_needed',
  title: 'Version needed',
  detail: 'Say which version the change is based on: If-Match with its ETag, or `base`.',
}

const BAD_MATCH: ApiProblem = {
  status: 400,
  code: 'etag_malformed',
  title: 'Bad request',
  detail: 'If-Match must be the ETag of a policy, for example "3".',
}

/** Changing the policy of an account; each change is a new version, brought to the clients by a run. */
export const policyChangeRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const config = { access: 'change', ...RATES.change } as const
  const tags = ['policy']
  const response = answers({ 202: appliedSchema })

  const apply = async (
    request: Pick<FastifyRequest, 'account' | 'caller' | 'log'>,
    reply: FastifyReply,
    change: Omit<PolicyChange, 'author'>,
    outdated: 409 | 412 = 409,
  ) => {
    const context = accountOf(request)
    if (context.record.status === 'disconnected') return sendApiProblem(reply, ACCOUNT_REMOVED)
    const application = await applyPolicy(context, office, { ...change, author: authorOf(request) })
    if (application.type === 'applied') {
      request.log.info({ accountId: context.id, run: application.run }, 'policy applied')
    }
    return answerApplication(reply, application, { outdated })
  }

  app.put(
    '/accounts/:accountId/policy',
    {
      config,
      bodyLimit: POLICY_BODY_BYTES,
      schema: {
        tags,
        summary: 'Save a policy and bring it to the clients',
        description: 'Refused when somebody saved another version since the one it is based on (`base` or If-Match).',
        params: accountParams,
        headers: z.object({ 'if-match': z.string().max(64).optional() }),
        body: z.strictObject({ policy: policyInput, base: baseInput.optional(), scope: scopeInput }),
        response,
      },
    },
    async (request, reply) => {
      const { policy, scope: reach, base } = request.body
      const match = request.headers['if-match']
      const matched = match === undefined ? null : /^(?:W\/)?"?(\d{1,9})"?$/.exec(match.trim())?.[1]
      if (matched === undefined) return sendApiProblem(reply, BAD_MATCH)
      if (matched === null && base === undefined) return sendApiProblem(reply, BASE_NEEDED)
      const change = { policy, base: matched === null ? (base ?? 0) : Number(matched), scope: reach, previewed: null }
      return apply(request, reply, change, matched === null ? 409 : 412)
    },
  )

  app.post(
    '/accounts/:accountId/policy/apply',
    {
      config: { access: 'change', ...RATES.heavy },
      bodyLimit: POLICY_BODY_BYTES,
      schema: {
        tags,
        summary: 'Apply a policy just as it was previewed',
        description: 'Refused, with a new preview, when the clients changed since so that it would do something else.',
        params: accountParams,
        body: z.strictObject({
          policy: policyInput,
          base: baseInput,
          scope: scopeInput,
          previewed: z
            .string()
            .regex(/^[0-9a-f]{16}$/)
            .nullable()
            .default(null)
            .describe('Fingerprint of the preview that was looked at; null: none was.'),
        }),
        response,
      },
    },
    async (request, reply) => apply(request, reply, request.body),
  )

  app.post(
    '/accounts/:accountId/policy/versions/:version/restore',
    {
      config,
      schema: {
        tags,
        summary: 'Make a former policy the one in force',
        description: 'It is saved as a new version; none is ever taken away.',
        params: accountParams.extend({ version: idParam }),
        body: z.strictObject({ base: baseInput, scope: scopeInput }),
        response,
      },
    },
    async (request, reply) => {
      const stored = await office.policies.version(accountOf(request).id, request.params.version)
      if (stored === null) return sendApiProblem(reply, UNKNOWN_VERSION)
      return apply(request, reply, { ...request.body, policy: stored.policy, previewed: null })
    },
  )
}
