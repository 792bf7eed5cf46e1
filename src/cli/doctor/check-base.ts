import type { AccountContext } from '../../sync/account-context.ts'
import { BACKFILL_PHASES, readBackfill } from '../../sync/backfill-state.ts'
import { dueNow } from '../../sync/queries/due-now.ts'
import { readWatermark } from '../../sync/sweep-watermark.ts'
import type { Installation } from '../open-installation.ts'
import { type Finding, fail, ok, said, warn } from './finding.ts'

/** Swept every three minutes: after so long something keeps it from being, s. */
const SWEPT_LATE_S = 15 * 60
/** The due clock is two seconds late at most, s. */
const DUE_LATE_S = 5 * 60

const WORKER = said(
  'запустите «amo-segments worker» (или serve) и посмотрите его журнал',
  'start "amo-segments worker" (or serve) and look at its log',
)

/** Whether somebody works for the account, and how its base stands; of one whose work rests, not whether it keeps up. */
export const checkBase = async (
  context: AccountContext,
  installation: Installation,
  { rests }: { readonly rests: boolean },
): Promise<Finding[]> => [
  await worker(context, installation),
  await reading(context),
  ...(rests ? [] : [...(await sweeping(context)), await due(context, installation)]),
]

const worker = async ({ id }: AccountContext, { queues }: Installation): Promise<Finding> => {
  const count = await queues
    .of(id)
    .getWorkersCount()
    .catch(() => null)
  if (count === null)
    return warn(
      'worker',
      said('Redis не показывает, кто к нему подключён', 'Redis does not tell who is connected'),
      WORKER,
    )
  if (count === 0) return fail('worker', said('Никто не выполняет задания', 'Nobody does the jobs'), WORKER)
  return ok('worker', said(`Задания выполняют процессов: ${count}`, `Processes that do the jobs: ${count}`))
}

const reading = async ({ notes, policy }: AccountContext): Promise<Finding> => {
  const state = await readBackfill(notes)
  if (state === null) return warn('base', said('База ещё не читалась', 'The base was not read yet'), WORKER)
  const counts = {
    ru: `клиентов ${state.clients}, сделок ${state.deals}`,
    en: `clients ${state.clients}, deals ${state.deals}`,
  }
  if (state.phase === 'done') return ok('base', said(`База прочитана: ${counts.ru}`, `The base was read: ${counts.en}`))
  const phases = BACKFILL_PHASES[policy.clientEntity]
  const at = `${phases.indexOf(state.phase) + 1}/${phases.length}`
  return ok(
    'base',
    said(`База читается, часть ${at}: ${counts.ru}`, `The base is being read, part ${at}: ${counts.en}`),
  )
}

const sweeping = async (context: AccountContext): Promise<Finding[]> => {
  const sweptUntil = await readWatermark(context)
  if (sweptUntil === null) return []
  const age = Math.max(0, Math.floor(Date.now() / 1000) - sweptUntil)
  const text = said(`Обход изменений: ${minutes(age)} мин назад`, `Swept for changes: ${minutes(age)} min ago`)
  return [age <= SWEPT_LATE_S ? ok('sweep', text) : fail('sweep', text, WORKER)]
}

const due = async ({ id }: AccountContext, { redis, keys }: Installation): Promise<Finding> => {
  const { clients, lagSeconds } = await dueNow(redis, keys, id, Math.floor(Date.now() / 1000))
  const text = said(
    `Ждут решения клиентов: ${clients}, дольше всех ${lagSeconds} с`,
    `Clients to be decided: ${clients}, the oldest for ${lagSeconds} s`,
  )
  return lagSeconds <= DUE_LATE_S ? ok('lag', text) : warn('lag', text, WORKER)
}

const minutes = (seconds: number): number => Math.round(seconds / 60)
