import { createHmac } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { IntegrationCredentials } from '../../config.ts'
import { isSameSecret } from '../auth/is-same-secret.ts'
import type { HttpDependencies } from '../http-dependencies.ts'
import { type Problem, sendProblem } from '../problem.ts'
import { withinTime } from '../within-time.ts'
import { NO_CREDENTIALS } from './installation-problems.ts'

const ANSWER_LIMIT_MS = 2_500

const Told = z.object({
  account_id: z.string().regex(/^[1-9]\d{0,14}$/),
  client_uuid: z.string().min(1).max(128),
  signature: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .toLowerCase(),
})

const INCOMPLETE: Problem = {
  status: 400,
  title: 'Incomplete',
  detail: 'account_id, client_uuid and signature (hexadecimal HMAC-SHA256) are needed, each once.',
}
const FORGED: Problem = {
  status: 403,
  title: 'Not signed by amoCRM',
  detail: 'The signature is not that of this integration; nothing was changed.',
}
const NOT_TAKEN: Problem = {
  status: 503,
  title: 'Not taken',
  detail: 'The service cannot store this right now; send it again later.',
}

/**
 * `GET /oauth/disconnect`: amoCRM's word that an account switched the integration off (amoCRM, "OAuth step by step",
 * disconnect hook). 204 for anything authentic, also for accounts that are unknown or gone already.
 */
export const disconnectRoute =
  ({ config, backend }: HttpDependencies) =>
  async (app: FastifyInstance) => {
    const { integration } = config.amocrm
    const installer = backend?.installer ?? null

    app.get(
      '/oauth/disconnect',
      { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } },
      async (request, reply) => {
        if (integration === null || installer === null) return sendProblem(reply, NO_CREDENTIALS)
        const told = Told.safeParse(request.query)
        if (!told.success) return sendProblem(reply, INCOMPLETE)
        if (!isGenuine(told.data, integration)) return sendProblem(reply, FORGED)
        try {
          await withinTime(ANSWER_LIMIT_MS, installer.disconnect(Number(told.data.account_id)))
        } catch (error) {
          request.log.error({ err: error, accountId: told.data.account_id }, 'a disconnection was not taken')
          return sendProblem(reply, NOT_TAKEN)
        }
        return reply.code(204).send()
      },
    )
  }

/** The signature is over the two values as they were sent, with the integration's secret. */
const isGenuine = (told: z.infer<typeof Told>, { clientId, clientSecret }: IntegrationCredentials): boolean => {
  const { account_id, client_uuid, signature } = told
  const expected = createHmac('sha256', clientSecret).update(`${client_uuid}|${account_id}`).digest('hex')
  // Both are looked at whatever the first one says: the time tells nothing.
  const isOurs = isSameSecret(client_uuid, clientId)
  return isSameSecret(signature, expected) && isOurs
}
