import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { checkedPolicy } from '../../../sync/apply-policy.ts'
import { preview } from '../../../sync/preview.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { verdictOnPolicy } from '../../../sync/queries/policy-check.ts'
import { type ApiProblem, sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, listOf } from '../route-answers.ts'
import { answerApplication } from './applied-answer.ts'
import { faultSchema, POLICY_BODY_BYTES, policyInput, previewSchema } from './policy-schemas.ts'

/** Longer than a preview of any base; a crashed one is over then, s. */
const PREVIEW_S = 60

const ONE_AT_A_TIME: ApiProblem = {
  status: 429,
  code: 'preview_running',
  title: 'Too many requests',
  detail: 'A preview of this account is being computed; try again when it is done.',
}

/** Trying a policy: nothing is saved, nothing is written, amoCRM is not called. */
export const policyTrialRoutes = (office: Office) => async (scope: FastifyInstance) => {
  const app = scope.withTypeProvider<ZodTypeProvider>()
  const tags = ['policy']
  const body = z.strictObject({ policy: policyInput })

  app.post(
    '/accounts/:accountId/policy/check',
    {
      config: { access: 'read', ...RATES.change },
      bodyLimit: POLICY_BODY_BYTES,
      schema: {
        tags,
        summary: 'Say what is wrong with a policy, or hardly meant',
        params: accountParams,
        body,
        response: answers({
          200: z.object({
            ok: z.boolean().describe('Whether it would be accepted.'),
            errors: listOf(faultSchema),
            warnings: listOf(faultSchema),
          }),
        }),
      },
    },
    async (request) => {
      const { errors, warnings } = verdictOnPolicy(accountOf(request), request.body.policy)
      return { ok: errors.length === 0, errors, warnings }
    },
  )

  app.post(
    '/accounts/:accountId/policy/preview',
    {
      config: { access: 'change', ...RATES.heavy },
      bodyLimit: POLICY_BODY_BYTES,
      schema: {
        tags,
        summary: 'Say what a policy would do to the whole base, and what it costs',
        params: accountParams,
        body,
        response: answers({ 200: previewSchema }),
      },
    },
    async (request, reply) => {
      const context = accountOf(request)
      const checked = checkedPolicy(context, request.body.policy)
      if ('faults' in checked) {
        return answerApplication(reply, { type: 'invalid', faults: checked.faults }, { outdated: 409 })
      }
      if (!(await context.notes.claim('previewing', PREVIEW_S))) return sendApiProblem(reply, ONE_AT_A_TIME)
      try {
        return await preview(context, checked.policy, office)
      } finally {
        await context.notes.release('previewing')
      }
    },
  )
}
