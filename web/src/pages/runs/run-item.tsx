import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/button.tsx'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { useAuthor } from '../../ui/use-author.ts'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import { CancelDialog } from './cancel-dialog.tsx'
import { ReportDialog } from './report-dialog.tsx'
import { RunFigures } from './run-figures.tsx'
import { RunProgress } from './run-progress.tsx'
import { useRunTitle } from './run-title.ts'
import { canBeUndone, hasEnded, hasReport, type Run } from './run-types.ts'
import { UndoDialog } from './undo-dialog.tsx'

/** One run: what it was for, how far it is, and what can be done about it. */
export const RunItem = ({ run }: { readonly run: Run }) => {
  const { t } = useTranslation('runs')
  const reason = useAdminReason()
  const titleOf = useRunTitle()
  const id = useId()
  const [open, setOpen] = useState<'undo' | 'cancel' | 'report' | null>(null)
  const close = () => setOpen(null)
  const isOver = hasEnded(run)
  return (
    <article className="run" aria-labelledby={id}>
      <div className="run-head">
        <div>
          <h3 id={id}>{titleOf(run)}</h3>
          <Times run={run} />
        </div>
        <div className="buttons">
          {!isOver && (
            <Button reason={reason} isBusy={run.state === 'cancelling'} onClick={() => setOpen('cancel')}>
              {t('cancel.button')}
            </Button>
          )}
          {hasReport(run) && <Button onClick={() => setOpen('report')}>{t('report.button')}</Button>}
          {isOver && canBeUndone(run) && run.startedAt !== null && (
            <Button onClick={() => setOpen('undo')}>{t('undo.button')}</Button>
          )}
        </div>
      </div>
      {isOver ? <RunFigures run={run} /> : <RunProgress run={run.run} />}
      {open === 'undo' && <UndoDialog run={run} onClose={close} />}
      {open === 'cancel' && <CancelDialog run={run} onClose={close} />}
      {open === 'report' && <ReportDialog run={run} onClose={close} />}
    </article>
  )
}

const Times = ({ run: { askedAt, author, startedAt, endedAt } }: { readonly run: Run }) => {
  const { t } = useTranslation('runs')
  const { duration } = useFormat()
  const nameOf = useAuthor()
  const seconds = startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null
  return (
    <p className="muted">
      <When at={startedAt ?? askedAt} as="moment" /> · {nameOf(author)}
      {seconds !== null && ` · ${t('took', { time: duration(Math.max(1, seconds)) })}`}
    </p>
  )
}
