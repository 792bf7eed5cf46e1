import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { useRunTitle } from './run-title.ts'
import type { Run } from './run-types.ts'

interface CancelDialogProps {
  readonly run: Run
  readonly onClose: () => void
}

/** Asks before a run is called off. */
export const CancelDialog = ({ run, onClose }: CancelDialogProps) => {
  const { t } = useTranslation('runs')
  const titleOf = useRunTitle()
  const errorText = useErrorText()
  const cancel = useSend((api) => api.send('POST', `/runs/${run.run}/cancel`), { refresh: ['/runs'], onDone: onClose })
  return (
    <Dialog
      title={t('cancel.title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel.keep')}</Button>
          <Button kind="danger" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('cancel.confirm')}
          </Button>
        </>
      }
    >
      <p>
        <strong>{titleOf(run)}</strong>
      </p>
      <p>{t('cancel.text')}</p>
      {cancel.error && <p className="field-error">{errorText(cancel.error)}</p>}
    </Dialog>
  )
}
