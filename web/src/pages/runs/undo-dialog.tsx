import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { useFormat } from '../../ui/use-format.ts'
import { KeptList } from './kept-list.tsx'
import { LeftList } from './left-list.tsx'
import { useRunTitle } from './run-title.ts'
import type { Run, UndoOutlook } from './run-types.ts'

interface UndoDialogProps {
  readonly run: Run
  readonly onClose: () => void
}

/** What an undo would take back, and what it can't and why, before it is begun. */
export const UndoDialog = ({ run, onClose }: UndoDialogProps) => {
  const { t } = useTranslation('runs')
  const reason = useAdminReason()
  const titleOf = useRunTitle()
  const errorText = useErrorText()
  const outlook = useGet<UndoOutlook>(`/runs/${run.run}/undo`)
  const undo = useSend((api) => api.send('POST', `/runs/${run.run}/undo`), { onDone: onClose })
  const nothing = outlook.data?.entities === 0 ? t('undo.nothing') : null
  return (
    <Dialog
      title={t('undo.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:action.cancel')}</Button>
          <Button kind="danger" reason={reason ?? nothing} isBusy={undo.isPending} onClick={() => undo.mutate()}>
            {t('undo.confirm')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{titleOf(run)}</strong>
      </p>
      <Loaded query={outlook}>{(data) => <Outlook outlook={data} kind={run.kind} />}</Loaded>
      {undo.error && <p className="field-error">{errorText(undo.error)}</p>}
    </Dialog>
  )
}

const Outlook = ({ outlook, kind }: { readonly outlook: UndoOutlook; readonly kind: Run['kind'] }) => {
  const { t } = useTranslation('runs')
  const { number } = useFormat()
  const { entities, looked, restored, left, leftCount, kept, keptCount } = outlook
  if (entities === 0 && keptCount === 0) return <p>{t('undo.nothing')}</p>
  return (
    <>
      <p>{t('undo.restored', { count: restored, number: number(restored), all: number(entities) })}</p>
      {looked < entities && <p className="muted">{t('undo.looked', { number: number(looked) })}</p>}
      {kind === 'policy' && <p className="muted">{t('undo.policyStays')}</p>}
      <LeftList left={left} count={leftCount} />
      <KeptList kept={kept} count={keptCount} />
    </>
  )
}
