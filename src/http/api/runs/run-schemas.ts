import { z } from 'zod'
import { RUN_KINDS, RUN_STATES, type RunView } from '../../../sync/queries/run-view.ts'
import type { UndoOutlook } from '../../../sync/queries/undo-outlook.ts'
import type { RunReport } from '../../../sync/run-report.ts'
import { accountParams, instantSchema, isoOfMs, listOf } from '../route-answers.ts'

export const runParams = accountParams.extend({ run: z.string().regex(/^[\w-]{1,64}$/) })

export const runSchema = z
  .object({
    run: z.string().describe('Its name, as in the journal.'),
    kind: z.enum(RUN_KINDS),
    state: z.enum(RUN_STATES),
    askedAt: instantSchema,
    author: z.string().nullable().describe('Who asked for it; null: the service itself.'),
    startedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    cancelledAt: instantSchema.nullable(),
    phase: z.string().nullable().describe('Of a reading of the base under way.'),
    share: z.number().nullable().describe('Share that is done, 0 to 1; null: not known.'),
    total: z.int().nullable().describe('Clients it is about; null: not known.'),
    clients: z.int().describe('Clients done.'),
    writes: z.int().describe('Writes made for them.'),
    perSecond: z.number().nullable().describe('Clients (or deals, while they are read) a second; null: not known.'),
    secondsLeft: z.int().nullable().describe('Time left at this pace; null: not known.'),
  })
  .meta({ id: 'Run', description: 'Work over the whole base.' })

const clientRef = z.object({ kind: z.enum(['contact', 'company']), id: z.int() })

const leftList = listOf(
  z.object({
    entity: z.enum(['leads', 'contacts', 'companies']),
    entityId: z.int(),
    client: clientRef,
    outcome: z.enum(['changed_since', 'frozen', 'gone', 'refused']),
  }),
)
const keptList = listOf(z.object({ client: clientRef, type: z.string(), made: z.string(), at: instantSchema }))

export const outlookSchema = z
  .object({
    entities: z.int().describe('Contacts, companies and deals the run wrote to.'),
    looked: z.int().describe('Of so many of them it is said what would become of them.'),
    restored: z.int().describe('Those that would stand again as before.'),
    leftCount: z.int(),
    left: leftList.describe('Those that would be left as they are, and why; the first of them.'),
    keptCount: z.int(),
    kept: keptList.describe('Tasks, notes, cards and the like, which only people can take back; the first of them.'),
  })
  .meta({ id: 'UndoOutlook', description: 'What an undo would take back, and what not, as the mirror knows it.' })

export const reportSchema = z
  .object({
    run: z.string(),
    restored: z.int().describe('Entities that stand again as before.'),
    leftCount: z.int(),
    left: leftList.describe('Entities left as they are, and why; the first of them.'),
    keptCount: z.int(),
    kept: keptList.describe('Tasks, notes, cards and the like: only people can take them back; the first of them.'),
  })
  .meta({ id: 'RunReport', description: 'What was taken back, and what stays.' })

const isoMs = (ms: number | null) => (ms === null ? null : isoOfMs(ms))

export const shownRun = (run: RunView): z.output<typeof runSchema> => ({
  ...run,
  askedAt: isoOfMs(run.askedAt),
  startedAt: isoMs(run.startedAt),
  endedAt: isoMs(run.endedAt),
  cancelledAt: isoMs(run.cancelledAt),
})

export const shownReport = (report: RunReport): z.output<typeof reportSchema> => ({
  ...report,
  kept: shownKept(report.kept),
})

export const shownOutlook = (outlook: UndoOutlook): z.output<typeof outlookSchema> => ({
  ...outlook,
  kept: shownKept(outlook.kept),
})

const shownKept = (kept: RunReport['kept']) =>
  kept.map(({ client, type, made, at }) => ({ client, type, made, at: isoOfMs(at) }))
