import { z } from 'zod'
import type { AccountContext } from './account-context.ts'

/** The webhook that a piece of work goes back to; it rides in the jobs, so that the log tells of one thing from end to end. */
export const causeSchema = z.strictObject({
  /** Id of the request, as the log of the HTTP part and amoCRM's support know it. */
  requestId: z.string(),
  /** Milliseconds: when it came. */
  at: z.int(),
})

export type Cause = z.infer<typeof causeSchema>

/** The same account, for work that goes back to a webhook: whatever is logged says so. */
export function withCause(context: AccountContext, cause: Cause | undefined): AccountContext {
  if (cause === undefined) return context
  return { ...context, cause, log: context.log.child({ requestId: cause.requestId }) }
}
