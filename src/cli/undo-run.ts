import type { Language } from '../segmentation/rules/local-text.ts'
import { startUndo } from '../sync/start-run.ts'
import { CommandFailure } from './command-failure.ts'
import type { OpenAccount } from './open-account.ts'
import type { Output } from './run-command.ts'

const SAYS = {
  ru: (run: string, writes: number) => `Сервис отменит ${run}; записей о нём в журнале: ${writes}.`,
  en: (run: string, writes: number) => `The service takes ${run} back; entries of it in the journal: ${writes}.`,
} as const

/** Has the running service take back what a run wrote. */
export const undoRun = async (
  { context, queues }: OpenAccount,
  run: string,
  { lang }: { readonly lang?: Language },
  { line }: Output,
): Promise<void> => {
  let writes = 0
  for await (const some of context.journal.ofRun(context.id, run)) writes += some.length
  if (writes === 0) throw new CommandFailure(`The journal of account ${context.id} has no write of a run "${run}"`)
  await startUndo(context, queues, run, 'command line')
  line(SAYS[lang ?? context.policy.language](run, writes))
}
