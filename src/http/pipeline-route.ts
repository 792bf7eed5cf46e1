import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type PipelineHook, parsePipelineHook } from '../amocrm/parse-pipeline-hook.ts'
import { readDisposableToken } from './auth/disposable-token.ts'
import type { HttpDependencies } from './http-dependencies.ts'
import { type Problem, sendProblem } from './problem.ts'
import { secretLookup } from './secret-lookup.ts'
import { takeAnyBody } from './take-any-body.ts'
import { TimeLimitError, withinTime } from './within-time.ts'

/** As for webhooks: amoCRM waits 2 s for an answer, what is left is for the way. */
const ANSWER_LIMIT_MS = 1_500

const BODY_LIMIT_BYTES = 64 * 1024

const LONGEST_SEGMENT = 200

const NOT_AUTHENTIC: Problem = {
  status: 403,
  title: 'Not authentic',
  detail: 'Neither the key in the settings of the action nor a token in X-Auth-Token is of the account it names.',
}
const UNAVAILABLE: Problem = {
  status: 503,
  title: 'Not taken',
  detail: 'The order could not be stored in time; send it again later.',
}
const NOT_SET_UP: Problem = {
  status: 503,
  title: 'Not set up',
  detail: 'Settings are missing; the start page of this service names them.',
}

/**
 * `POST /digital-pipeline`: what the widget's action in the Digital Pipeline orders, at the `webhook_url` of its
 * manifest. 204 for whatever an account sent: it shows by the key that the widget put into the action's settings, or by
 * a token signed for this integration. Nothing but ids is taken from the body; the deal is read again.
 */
export const pipelineRoute = (deps: HttpDependencies) => async (app: FastifyInstance) => {
  takeAnyBody(app, BODY_LIMIT_BYTES)
  const receive = receiver(deps)
  // No limit: a mass move of deals comes as a burst.
  app.post('/digital-pipeline', { helmet: false, config: { rateLimit: false } }, async (request, reply) => {
    if (receive === null) return sendProblem(reply.header('retry-after', '300'), NOT_SET_UP)
    try {
      const isTaken = await withinTime(ANSWER_LIMIT_MS - reply.elapsedTime, receive(request))
      return isTaken ? reply.code(204).send() : sendProblem(reply, NOT_AUTHENTIC)
    } catch (error) {
      request.log.warn(error instanceof TimeLimitError ? {} : { err: error }, 'order of the Digital Pipeline not taken')
      return sendProblem(reply.header('retry-after', '60'), UNAVAILABLE)
    }
  })
}

/** Answers whether the order was authentic, and so was taken. */
const receiver = (deps: HttpDependencies) => {
  const { backend } = deps
  if (backend === null) return null
  const accountOfKey = secretLookup(backend.directory)
  return async (request: FastifyRequest): Promise<boolean> => {
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const hook = parsePipelineHook(raw, request.sentContentType)
    const key = hook.settings.get('key') ?? ''
    const accountId = (key === '' ? null : await accountOfKey(key)) ?? (await accountOfToken(deps, request))
    if (accountId === null || (hook.accountId !== null && hook.accountId !== String(accountId))) return false
    await take(request, accountId, hook)
    return true
  }

  async function take({ id, log }: FastifyRequest, accountId: number, hook: PipelineHook): Promise<void> {
    const { dealId, incoming, settings } = hook
    if (dealId === null) return
    const mode = settings.get('mode') === 'act' ? 'act' : 'recompute'
    const segment = (settings.get('segment') ?? '').slice(0, LONGEST_SEGMENT)
    const now = Math.floor(Date.now() / 1000)
    const order = { dealId, mode, only: segment === '' ? null : segment, at: hook.at ?? now, incoming } as const
    await backend?.pipeline.take(accountId, order, { requestId: id, at: Date.now() })
    log.debug({ accountId, dealId, mode }, 'order of the Digital Pipeline taken')
  }
}

/** Not used up: the same order, with the same token, may come again. */
const accountOfToken = async (
  { config, isAllowedHost }: HttpDependencies,
  { headers }: Pick<FastifyRequest, 'headers'>,
): Promise<number | null> => {
  const token = headers['x-auth-token']
  const { integration, apiOrigin: trialOrigin } = config.amocrm
  if (typeof token !== 'string' || integration === null) return null
  const checks = { integration, isAllowedHost, now: Date.now() / 1000, origin: headers.origin, trialOrigin }
  const read = await readDisposableToken(token, checks)
  return read.type === 'genuine' ? read.user.accountId : null
}
