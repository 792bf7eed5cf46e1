import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf } from './pages/language-of.ts'
import { messagePage } from './pages/message-page.ts'

/** Why a request is refused: its status and a sentence for the one who sent it. */
export interface Problem {
  readonly status: number
  readonly title: string
  readonly detail: string
}

/** Answers with `application/problem+json` (RFC 9457). */
export const sendProblem = (reply: FastifyReply, { status, title, detail }: Problem): FastifyReply =>
  reply
    .code(status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, requestId: reply.request.id }))

/** The same for an address that people open: a page for a browser, problem+json for a program. */
export const sendProblemPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Problem & { readonly titleRu: string; readonly detailRu: string },
): FastifyReply => {
  if (request.headers.accept?.includes('text/html') !== true) return sendProblem(reply, problem)
  return reply
    .code(problem.status)
    .type('text/html; charset=utf-8')
    .send(
      messagePage(
        {
          title: { ru: problem.titleRu, en: problem.title },
          text: { ru: problem.detailRu, en: problem.detail },
        },
        languageOf(request),
      ),
    )
}
