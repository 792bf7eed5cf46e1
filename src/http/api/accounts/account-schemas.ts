import { z } from 'zod'
import type { AccountStatus } from '../../../sync/queries/account-status.ts'
import type { BackfillProgress } from '../../../sync/queries/backfill-progress.ts'
import { instantSchema, isoOfMs } from '../route-answers.ts'

export const backfillSchema = z
  .object({
    run: z.string(),
    phase: z.enum(['leads', 'events', 'lead_notes', 'contact_notes', 'contacts', 'companies', 'unread', 'done']),
    share: z.number().describe('Share of its phases that are done, 0 to 1.'),
    deals: z.int().describe('Deals read.'),
    clients: z.int().describe('Clients read and decided.'),
    writes: z.int(),
    totalDeals: z.int().nullable().describe('Deals there are, as far as is known; null: not known yet.'),
    totalClients: z.int().nullable().describe('Clients there are, as far as is known; null: not known yet.'),
    perSecond: z.number().nullable().describe('Deals or clients a second at present; null: none yet.'),
    secondsLeft: z.int().nullable().describe('Time left at this pace; null: not known yet.'),
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
    removal: z
      .object({
        at: instantSchema,
        by: z
          .string()
          .describe('Who removed it; `amocrm`: switched off there; `access_lost`: no token worked for long.'),
        eraseAt: instantSchema.describe('When all that is known of the account is erased.'),
        cleanUp: z.string().nullable().describe('Run that takes away what is ours.'),
        canCleanUp: z
          .boolean()
          .describe('False: amoCRM lets nobody in; install it again, then remove it with cleanUp.'),
      })
      .nullable()
      .describe('Of a disconnected account: how its installation ended.'),
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
  const { pausedBy, problem, removal, backfill } = status
  return {
    ...status,
    installedAt: isoOfMs(status.installedAt),
    pausedBy: pausedBy && { author: pausedBy.author, at: isoOfMs(pausedBy.at) },
    problem: problem && {
      ...problem,
      since: isoOfMs(problem.since),
      retryAt: problem.retryAt === null ? null : isoOfMs(problem.retryAt),
    },
    removal: removal && {
      by: removal.by,
      at: isoOfMs(removal.at),
      eraseAt: isoOfMs(removal.eraseAt),
      cleanUp: removal.cleanUp,
      canCleanUp: removal.tokens === 'kept',
    },
    backfill: backfill && shownBackfill(backfill),
  }
}

export const shownBackfill = (backfill: BackfillProgress): z.output<typeof backfillSchema> => ({
  ...backfill,
  startedAt: isoOfMs(backfill.startedAt),
  finishedAt: backfill.finishedAt === null ? null : isoOfMs(backfill.finishedAt),
})
