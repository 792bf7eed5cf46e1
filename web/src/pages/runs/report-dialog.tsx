import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { KeptList } from './kept-list.tsx'
import { LeftList } from './left-list.tsx'
import { useRunTitle } from './run-title.ts'
import type { Run, RunReport } from './run-types.ts'

interface ReportDialogProps {
  readonly run: Run
  readonly onClose: () => void
}

/** What an undo or a clean-up took back, and what stays. */
export const ReportDialog = ({ run, onClose }: ReportDialogProps) => {
  const { t } = useTranslation('runs')
  const titleOf = useRunTitle()
  const { number } = useFormat()
  const report = useGet<RunReport>(`/runs/${run.run}/report`)
  return (
    <Dialog
      title={titleOf(run)}
      isOpen
      onClose={onClose}
      actions={<Button onClick={onClose}>{t('common:action.close')}</Button>}
    >
      <Loaded query={report}>
        {({ restored, left, leftCount, kept, keptCount }) => (
          <>
            <p>{t('report.restored', { count: restored, number: number(restored) })}</p>
            {leftCount + keptCount === 0 && <p className="muted">{t('report.all')}</p>}
            <LeftList left={left} count={leftCount} />
            <KeptList kept={kept} count={keptCount} />
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
