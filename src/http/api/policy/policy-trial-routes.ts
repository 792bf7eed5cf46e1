import type { ZodTypeProvider } from '@fastify/type-provider-zod'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { checkedPolicy } from '../../../sync/apply-policy.ts'
import { keepPreview } from '../../../sync/kept-previews.ts'
import { previewed } from '../../../sync/preview.ts'
import type { Office } from '../../../sync/queries/office.ts'
import { policyDifference, verdictOnPolicy } from '../../../sync/queries/policy-check.ts'
import { purchaseSample } from '../../../sync/queries/purchase-sample.ts'
import { readPolicy } from '../../../sync/queries/read-policy.ts'
import { type ApiProblem, sendApiProblem } from '../api-problem.ts'
import { accountOf } from '../caller-hooks.ts'
import { RATES } from '../rate-limits.ts'
import { accountParams, answers, isoOf, listOf } from '../route-answers.ts'
import { answerApplication } from './applied-answer.ts'
import { faultSchema, POLICY_BODY_BYTES, policyInput, previewSchema, purchaseSampleSchema } from './policy-schemas.ts'

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
            policy: z.unknown().describe('The policy with every setting present; null: its form is not sound.'),
            changes: z
              .object({ ru: listOf(z.string()), en: listOf(z.string()) })
              .nullable()
              .describe('What differs from the policy in force, in words; null: its form is not sound.'),
          }),
        }),
      },
    },
    async (request) => {
      const context = accountOf(request)
      const { policy } = request.body
      const { errors, warnings } = verdictOnPolicy(context, policy)
      const changes = policyDifference(context, context.policy, policy)
      return { ok: errors.length === 0, errors, warnings, policy: readPolicy(policy), changes }
    },
  )

  app.post(
    '/accounts/:accountId/policy/purchases',
    {
      config: { access: 'read', ...RATES.heavy },
      bodyLimit: POLICY_BODY_BYTES,
      schema: {
        tags,
        summary: 'Say which deals a policy counts as purchases, and which not',
        description: 'The newest of both with the reason of each. Only the form of the policy is looked at.',
        params: accountParams,
        body,
        response: answers({ 200: purchaseSampleSchema }),
      },
    },
    async (request, reply) => {
      const policy = readPolicy(request.body.policy)
      if (policy === null) {
        const { errors } = verdictOnPolicy(accountOf(request), request.body.policy)
        return answerApplication(reply, { type: 'invalid', faults: errors }, { outdated: 409 })
      }
      const { counted, ignored, needsReading } = await purchaseSample(accountOf(request), policy)
      const dated = <Deal extends { readonly at: number }>(deals: readonly Deal[]) =>
        deals.map((deal) => ({ ...deal, at: isoOf(deal.at) }))
      return {
        counted: { ...counted, newest: dated(counted.newest) },
        ignored: { ...ignored, newest: dated(ignored.newest) },
        needsReading,
      }
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
        const shown = await previewed(context, checked.policy, office)
        await keepPreview(context, shown)
        return shown.preview
      } finally {
        await context.notes.release('previewing')
      }
    },
  )
}
