import type { AccountContext } from './account-context.ts'
import { journalChanges } from './journal-changes.ts'
import { type RunReport, RunReportDraft } from './run-report.ts'
import { takeBack } from './take-back.ts'

/**
 * Takes back what a run wrote: each entity stands again as before the run's first write, as far as it still stands as the
 * run's last one left it. The clients are held at their present answers, or the next look would write the same again. May
 * be repeated: what is back already stays. Null: the signal stopped it in the middle.
 */
export async function undo(context: AccountContext, run: string, signal: AbortSignal): Promise<RunReport | null> {
  const draft = new RunReportDraft(run)
  if (signal.aborted) return null
  for await (const changes of journalChanges(context, run)) {
    if (!(await takeBack(context, changes, { run: `undo-${run}`, holds: true, draft, signal }))) return null
  }
  await draft.addKept(context.journal.actionsOf(context.id, run))
  return draft.report()
}
