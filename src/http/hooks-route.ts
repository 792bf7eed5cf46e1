import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { HookBody } from '../amocrm/hook-touch.ts'
import type { HttpDependencies } from './http-dependencies.ts'
import { type Problem, sendProblem } from './problem.ts'
import { secretLookup } from './secret-lookup.ts'
import { takeAnyBody } from './take-any-body.ts'
import { TimeLimitError, withinTime } from './within-time.ts'

/** amoCRM waits 2 s for an answer (webhooks, delivery); what is left is for the way. */
const ANSWER_LIMIT_MS = 1_500

/** The largest body known is some 20 KB; a mass change of 250 deals with every field filled stays under it. */
const BODY_LIMIT_BYTES = 1024 * 1024

const UNKNOWN_SECRET: Problem = {
  status: 404,
  title: 'Unknown webhook address',
  detail: 'No installed account has this webhook address.',
}
const OTHER_ACCOUNT: Problem = {
  status: 403,
  title: 'Another account',
  detail: 'The body names an account this webhook address does not belong to.',
}
const METHOD: Problem = {
  status: 405,
  title: 'Only POST',
  detail: 'amoCRM sends webhooks here by POST; there is nothing to see.',
}
const UNAVAILABLE: Problem = {
  status: 503,
  title: 'Not taken',
  detail: 'The webhook could not be stored in time; send it again later.',
}
const NOT_SET_UP: Problem = {
  status: 503,
  title: 'Not set up',
  detail: 'Settings are missing; the start page of this service names them.',
}

interface Hook {
  Params: { secret: string }
}

type Received = 'taken' | 'unknown_secret' | 'other_account'

/**
 * `POST /hooks/:secret`: 204 for anything authentic, whatever is in it, since bad answers make amoCRM disable the hook
 * (more than 100 in 2 h). It is authentic when the secret is known and the body names no other account.
 */
export const hooksRoute = (deps: HttpDependencies) => async (app: FastifyInstance) => {
  takeAnyBody(app, BODY_LIMIT_BYTES)
  const receive = receiver(deps)
  // No limit: a mass change in an account comes as a burst, and what is refused too often amoCRM switches off.
  app.post<Hook>('/hooks/:secret', { helmet: false, config: { rateLimit: false } }, async (request, reply) => {
    if (receive === null) return sendProblem(reply.header('retry-after', '300'), NOT_SET_UP)
    const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    try {
      return answer(reply, await withinTime(ANSWER_LIMIT_MS - reply.elapsedTime, receive(request, raw)))
    } catch (error) {
      const fields = error instanceof TimeLimitError ? {} : { err: error }
      request.log.warn(fields, 'webhook not taken: Redis did not answer in time')
      return sendProblem(reply.header('retry-after', '60'), UNAVAILABLE)
    }
  })

  app.route({
    method: ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    url: '/hooks/:secret',
    handler: (_, reply) => sendProblem(reply.header('allow', 'POST'), METHOD),
  })
}

const answer = (reply: FastifyReply, received: Received): FastifyReply => {
  switch (received) {
    case 'taken':
      return reply.code(204).send()
    case 'unknown_secret':
      return sendProblem(reply, UNKNOWN_SECRET)
    case 'other_account':
      return sendProblem(reply, OTHER_ACCOUNT)
  }
}

const receiver = ({ backend, parseHook }: HttpDependencies) => {
  if (backend === null) return null
  const accountOf = secretLookup(backend.directory)
  return async (request: FastifyRequest<Hook>, raw: Buffer): Promise<Received> => {
    const { id, params, sentContentType, log } = request
    const accountId = await accountOf(params.secret)
    if (accountId === null) return 'unknown_secret'
    const { accountIds, touches } = parse()
    if (accountIds.some((id) => id !== '' && id !== String(accountId))) return 'other_account'
    if (touches.length > 0) await backend.intake.accept(accountId, touches, { requestId: id, at: Date.now() })
    // The work it causes is logged with this request's id.
    log.debug({ accountId, touches }, 'webhook taken')
    return 'taken'

    /** A body we stumble over is ours to fix; told so, amoCRM would only disable the hook. The sweep covers it. */
    function parse(): HookBody {
      try {
        return parseHook(raw, sentContentType)
      } catch (error) {
        log.error({ err: error, accountId, bytes: raw.length }, 'a webhook body could not be parsed')
        return { accountIds: [], touches: [] }
      }
    }
  }
}
