import type { FastifyReply } from 'fastify'
import type { PolicyApplication } from '../../../sync/apply-policy.ts'
import { sendApiProblem } from '../api-problem.ts'

/** What is answered to a change of policy. `outdated` is the status told when another version was saved meanwhile. */
export const answerApplication = (
  reply: FastifyReply,
  application: PolicyApplication,
  { outdated }: { readonly outdated: 409 | 412 },
): FastifyReply => {
  switch (application.type) {
    case 'applied': {
      const { version, run, work } = application
      return reply.code(202).header('etag', `"${version}"`).send({ version, run, work })
    }
    case 'invalid':
      return sendApiProblem(reply, {
        status: 422,
        code: 'policy_invalid',
        title: 'Policy refused',
        detail: 'The policy has errors; nothing was saved.',
        errors: application.faults,
      })
    case 'outdated':
      return sendApiProblem(reply, {
        status: outdated,
        code: 'policy_outdated',
        title: 'Policy changed meanwhile',
        detail: 'Somebody saved another version since; look at it and try again. Nothing was saved.',
        version: application.version,
      })
    case 'changed':
      return sendApiProblem(reply, {
        status: 409,
        code: 'preview_outdated',
        title: 'Clients changed meanwhile',
        detail:
          'The policy would not do any more what its preview showed; this is what it would do. Nothing was saved.',
        preview: application.preview,
        ...(application.changes && { changes: application.changes }),
      })
  }
}
