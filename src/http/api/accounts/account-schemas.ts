import { z } from 'zod'
import type { AccountStatus, BackfillProgress } from '../../../sync/queries/account-status.ts'
import { instantSchema, isoOfMs } from '../route-answers.ts'

export const backfillSchema = z
  .object({
    run: z.string(),
    phase: z.enum(['leads', 'events', 'lead_notes', 'contact_notes', 'contacts', 'companies', 'unread', 'done']),
    share: z.number().describe('Share of its phases that are done, 0 to 1.'),
    deals: z.int().describe('Deals read.'),
    clients: z.int().describe('Clients read and decided.'),
    writes: z.int(),
    startedAt: instantSchema,
    finishedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Backfill', description: 'A reading of the whole base.' })

export const accountSchema = z
  .object({
    id: z.int(),
    name: z.string(),
    host: z.string(),
    status: z
      .enum(['active', 'paused', 'disconnected'])
      .describe('`paused`: by hand, or because amoCRM refuses; `disconnected`: the integration was removed.'),
    pausedBy: z.object({ author: z.string(), at: instantSchema }).nullable().describe('Who stopped its work by hand.'),
    problem: z
      .object({
        code: z.string(),
        message: z.string(),
        since: instantSchema,
        retryAt: instantSchema.nullable().describe('When it is tried again by itself; null: somebody has to act.'),
      })
      .nullable()
      .describe('Why amoCRM does not let it work.'),
    hooks: z
      .enum(['subscribed', 'unavailable', 'no_public_url'])
      .describe('Without hooks changes are found by the sweep alone.'),
    installedAt: instantSchema,
    clients: z.int().describe('Clients with an answer.'),
    unread: z.int().describe('Clients whose own card was not read yet.'),
    policyVersion: z.int(),
    backfill: backfillSchema.nullable().describe('The last reading of the whole base.'),
  })
  .meta({ id: 'Account', description: 'An installed account and how its work goes.' })

export const shownAccount = (status: AccountStatus): z.output<typeof accountSchema> => {
  const { pausedBy, problem, backfill } = status
  return {
    ...status,
    installedAt: isoOfMs(status.installedAt),
    pausedBy: pausedBy && { author: pausedBy.author, at: isoOfMs(pausedBy.at) },
    problem: problem && {
      ...problem,
      since: isoOfMs(problem.since),
      retryAt: problem.retryAt === null ? null : isoOfMs(problem.retryAt),
    },
    backfill: backfill && shownBackfill(backfill),
  }
}

export const shownBackfill = (backfill: BackfillProgress): z.output<typeof backfillSchema> => ({
  ...backfill,
  startedAt: isoOfMs(backfill.startedAt),
  finishedAt: backfill.finishedAt === null ? null : isoOfMs(backfill.finishedAt),
})
