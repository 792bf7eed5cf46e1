import type { z } from 'zod'
import type { outlookSchema, reportSchema, runSchema } from '../../../../src/http/api/runs/run-schemas.ts'

export type Run = z.output<typeof runSchema>
export type RunReport = z.output<typeof reportSchema>
export type UndoOutlook = z.output<typeof outlookSchema>

const ENDED: readonly Run['state'][] = ['done', 'cancelled', 'failed', 'superseded']

/** Whether nothing more comes of it. */
export const hasEnded = ({ state }: Pick<Run, 'state'>): boolean => ENDED.includes(state)

const LASTING: readonly Run['kind'][] = ['undo', 'clean-up', 'other']

/** What an undo can take back: other runs take back themselves. */
export const canBeUndone = ({ kind }: Pick<Run, 'kind'>): boolean => !LASTING.includes(kind)

/** Runs that end with a report of what they took back. */
export const hasReport = ({ kind, state }: Pick<Run, 'kind' | 'state'>): boolean =>
  state === 'done' && (kind === 'undo' || kind === 'clean-up')
