import type { RunRecord } from '../../store/run-store.ts'
import type { AccountContext } from '../account-context.ts'
import type { BackfillPhase } from '../backfill-state.ts'
import type { RunReport } from '../run-report.ts'
import { backfillProgress } from './backfill-progress.ts'

export const RUN_KINDS = [
  ...(['install', 'first', 'resync', 'weekly', 'structure'] as const),
  ...(['policy', 'figures', 'undo', 'clean-up', 'other'] as const),
] as const
export type RunKind = (typeof RUN_KINDS)[number]

export const RUN_STATES = ['waiting', 'running', 'cancelling', 'done', 'cancelled', 'failed', 'superseded'] as const
export type RunState = (typeof RUN_STATES)[number]

/** One run as people see it. Instants in milliseconds. */
export interface RunView extends Omit<RunRecord, 'outcome'> {
  readonly kind: RunKind
  readonly state: RunState
  /** Of a reading of the base under way; null: none. */
  readonly phase: BackfillPhase | null
  /** Share that is done, 0 to 1; null: not known. */
  readonly share: number | null
  /** Clients a second (deals, while deals are read), and the time left at this pace, s; null: not known. */
  readonly perSecond: number | null
  readonly secondsLeft: number | null
}

/** What a run is for, by its name. */
export const runKind = (run: string): RunKind =>
  RUN_KINDS.find((kind) => kind !== 'other' && run.startsWith(`${kind}-`)) ?? 'other'

/** What an undo can take back: other runs take back themselves. */
export const canBeUndone = (run: string): boolean => !['undo', 'clean-up', 'other'].includes(runKind(run))

/** Whether nothing more comes of it. */
export const hasEnded = ({ state }: Pick<RunView, 'state'>): boolean =>
  ['done', 'cancelled', 'failed', 'superseded'].includes(state)

/** The runs of an account, the newest first. */
export const runViews = async (context: AccountContext): Promise<RunView[]> => {
  const records = await context.runs.list(context.id)
  return Promise.all(records.map((record) => viewOf(context, record, records)))
}

/** Null: the account knows no run of this name. */
export const runView = async (context: AccountContext, run: string): Promise<RunView | null> => {
  const record = await context.runs.read(context.id, run)
  if (record === null) return null
  const others = record.startedAt === null ? await context.runs.list(context.id) : []
  return viewOf(context, record, others)
}

/** What an undo or a clean-up did and left; null: it has not ended, or is of another kind. */
export const runReport = async ({ notes }: AccountContext, run: string): Promise<RunReport | null> => {
  const kind = runKind(run)
  if (kind === 'undo') return notes.get<RunReport>(`undo:${run.slice('undo-'.length)}`)
  const report = kind === 'clean-up' ? await notes.get<RunReport>('clean-up') : null
  return report?.run === run ? report : null
}

const viewOf = async (
  context: AccountContext,
  { outcome, ...record }: RunRecord,
  others: readonly RunRecord[],
): Promise<RunView> => {
  const { run } = record
  const state = stateOf({ outcome, ...record }, others)
  const backfill = state === 'running' ? await backfillProgress(context) : null
  const kind = runKind(run)
  if (backfill?.run === run) {
    const { phase, share, totalClients, clients, writes, perSecond, secondsLeft } = backfill
    return { ...record, kind, state, phase, share, total: totalClients, clients, writes, perSecond, secondsLeft }
  }
  const { total, clients } = record
  const share = state === 'done' ? 1 : total === null || total === 0 ? null : Math.min(1, clients / total)
  return { ...record, kind, state, phase: null, share, ...paceOf({ state, ...record }, context.clock()) }
}

const paceOf = (
  { state, startedAt, total, clients }: Pick<RunView, 'state' | 'startedAt' | 'total' | 'clients'>,
  now: number,
): Pick<RunView, 'perSecond' | 'secondsLeft'> => {
  if (state !== 'running' || startedAt === null || clients === 0) return { perSecond: null, secondsLeft: null }
  const perSecond = clients / Math.max(1, (now - startedAt) / 1000)
  return { perSecond, secondsLeft: total === null ? null : Math.ceil(Math.max(0, total - clients) / perSecond) }
}

const stateOf = (record: RunRecord, others: readonly RunRecord[]): RunState => {
  if (record.endedAt !== null) return record.outcome ?? 'done'
  if (record.startedAt === null && others.some((other) => takesPlaceOf(other, record))) return 'superseded'
  if (record.cancelledAt !== null) return 'cancelling'
  return record.startedAt === null ? 'waiting' : 'running'
}

const READING: readonly RunKind[] = ['install', 'first', 'resync', 'weekly', 'structure']

/** Of policies the last one counts; of readings of the base that wait, the last one that was asked for is done. */
const takesPlaceOf = (other: RunRecord, waiting: RunRecord): boolean => {
  const [kind, its] = [runKind(waiting.run), runKind(other.run)]
  if (kind === 'policy' && its === 'policy') return versionIn(other.run) > versionIn(waiting.run)
  const isReading = READING.includes(kind) && READING.includes(its)
  return isReading && other.startedAt !== null && other.askedAt > waiting.askedAt
}

const versionIn = (run: string): number => Number(run.slice('policy-'.length))
