import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Preview } from '../../sync/preview.ts'
import type { PreviewChanges } from '../../sync/preview-work.ts'
import type { Problem } from '../problem.ts'

/** One thing that is wrong with what was sent. */
export interface Fault {
  /** Where, e.g. `rules[2].when`. */
  readonly path: string
  readonly message: string
  /** What to do about it, where the message does not say it. */
  readonly advice?: string
}

/** Why the API refuses a request. */
export interface ApiProblem extends Problem {
  /** For programs; the sentences may change, codes don't. */
  readonly code: string
  readonly errors?: readonly Fault[]
  /** Version that stands, where the one a change is based on is not it. */
  readonly version?: number
  /** What would be done now, where it is not what was looked at. */
  readonly preview?: Preview
  /** For whom it is something else than was looked at. */
  readonly changes?: PreviewChanges
}

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('What is wrong, in a sentence.'),
    code: z.string().describe('What is wrong, for programs.'),
    requestId: z.string().describe('Finds this request in the log.'),
    errors: z.array(z.object({ path: z.string(), message: z.string(), advice: z.string().optional() })).optional(),
    version: z.int().optional().describe('Version that stands now.'),
    preview: z.unknown().optional().describe('What the policy would do now.'),
    changes: z
      .unknown()
      .optional()
      .describe('Clients for whom that is something else than the preview showed: how many, and the first of them.'),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457).' })

/** Answers with `application/problem+json` (RFC 9457). */
export const sendApiProblem = (reply: FastifyReply, problem: ApiProblem): FastifyReply =>
  reply
    .code(problem.status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify({ type: 'about:blank', ...problem, requestId: reply.request.id }))
