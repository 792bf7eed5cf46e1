import { hasZodFastifySchemaValidationErrors } from '@fastify/type-provider-zod'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'
import { type ApiProblem, sendApiProblem } from './api-problem.ts'

/** What is said for each status that the framework refuses with. */
const PROBLEMS: Readonly<Record<number, Omit<ApiProblem, 'status'>>> = {
  400: { code: 'bad_request', title: 'Bad request', detail: 'The body is not JSON, or the address is malformed.' },
  413: { code: 'too_large', title: 'Too large', detail: 'The body is larger than this address takes.' },
  415: { code: 'not_json', title: 'Unknown kind of body', detail: 'Send the body as application/json.' },
  429: { code: 'too_many', title: 'Too many requests', detail: 'Too many requests in a short time; try again later.' },
}

const AWAY: ApiProblem = {
  status: 503,
  code: 'storage_away',
  title: 'Storage away',
  detail: 'The service cannot reach its storage right now; try again in a moment.',
}

/** Names and words with which a connection says that Redis is away (ioredis). */
const AWAY_SIGNS =
  /MaxRetriesPerRequest|ClusterAllFailed|Connection is closed|Stream isn't writeable|Command timed out|ECONNREFUSED|ECONNRESET/

/** Answers an error with problem+json; what a caller sent wrong is told part by part. */
export const refuseApi = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = error.validationContext ?? 'request'
    const errors = error.validation.map(({ instancePath, message = 'is wrong' }) => ({
      path: `${part}${instancePath.replaceAll('/', '.').replace(/\.$/, '')}`,
      message,
    }))
    const detail = `The ${part} is not what this address takes.`
    return sendApiProblem(reply, { status: 400, code: 'invalid_request', title: 'Bad request', detail, errors })
  }
  const problem = PROBLEMS[error.statusCode ?? 500]
  if (problem !== undefined) return sendApiProblem(reply, { status: error.statusCode ?? 500, ...problem })
  if (!AWAY_SIGNS.test(`${error.name} ${error.message}`)) return refuse(error, request, reply)
  request.log.warn({ err: error }, 'Redis does not answer the API')
  return sendApiProblem(reply.header('retry-after', '5'), AWAY)
}
