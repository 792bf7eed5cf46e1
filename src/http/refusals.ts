import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify'
import { type Problem, sendProblem } from './problem.ts'

/** What is said for each status that the framework itself refuses with. */
const SENTENCES: Readonly<Record<number, Omit<Problem, 'status'>>> = {
  400: { title: 'Bad request', detail: 'The request could not be understood; check its address and headers.' },
  408: { title: 'Too slow', detail: 'The request did not arrive in time.' },
  413: { title: 'Too large', detail: 'The body is larger than this address takes (1 MiB).' },
  414: { title: 'Address too long', detail: 'The address is longer than this service takes.' },
  415: { title: 'Unknown kind of body', detail: 'This address does not take a body of this content type.' },
  429: { title: 'Too many requests', detail: 'Too many requests in a short time; try again in a minute.' },
  503: { title: 'Closing', detail: 'The service is about to stop; try again in a moment.' },
}

/** For the rest of what the framework and its plugins refuse with: a path out of a folder, a range that is none. */
const REFUSED = { title: 'Refused', detail: 'The request cannot be answered as it was sent.' }

const FAILURE: Problem = {
  status: 500,
  title: 'Internal error',
  detail: 'Something went wrong here; the log has the details under this request’s id.',
}

const NOT_FOUND: Problem = { status: 404, title: 'Not found', detail: 'There is nothing at this address.' }

/**
 * Every refusal has its own status and a sentence; no error's own words or stack leave the process.
 *
 * @param beforeUnknown what an unknown address meets first: a limit.
 */
export const refusals = (app: FastifyInstance, beforeUnknown: readonly preHandlerHookHandler[] = []): void => {
  app.setNotFoundHandler({ preHandler: [...beforeUnknown] }, (_, reply) => sendProblem(reply, NOT_FOUND))
  app.setErrorHandler<FastifyError>(refuse)
}

/** Answers an error with the sentence of its status. */
export const refuse = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const status = error.statusCode ?? 500
  const sentence = SENTENCES[status] ?? (status >= 400 && status < 500 ? REFUSED : undefined)
  if (sentence !== undefined) return sendProblem(reply, { status, ...sentence })
  request.log.error({ err: error }, 'request failed')
  return sendProblem(reply, FAILURE)
}
