import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../api/api-error.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'

interface ConfirmDialogProps<T> {
  readonly title: string
  /** Name of the button that begins the work. */
  readonly confirm: string
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly work: UseMutationResult<T, ApiError, void>
  readonly kind?: 'primary' | 'danger'
  /** Why it cannot be begun yet; null: it can. */
  readonly reason?: string | null
  /** Shown in place of the question when it is done; absent: whoever asked closes the window. */
  readonly done?: ReactNode
  readonly children: ReactNode
}

/** Asks whether something is meant, does it, and says what came of it. */
export const ConfirmDialog = <T,>(props: ConfirmDialogProps<T>) => {
  const { title, confirm, isOpen, onClose, work, kind = 'primary', reason = null, done, children } = props
  const { t } = useTranslation()
  const isDone = done !== undefined && work.isSuccess
  const close = () => {
    work.reset()
    onClose()
  }
  return (
    <Dialog
      {...{ title, isOpen }}
      onClose={close}
      actions={
        isDone ? (
          <Button kind="primary" onClick={close}>
            {t('action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t('action.cancel')}</Button>
            <Button kind={kind} reason={reason} isBusy={work.isPending} onClick={() => work.mutate()}>
              {confirm}
            </Button>
          </>
        )
      }
    >
      {isDone ? <div role="status">{done}</div> : children}
      {work.error && <ErrorState error={work.error} />}
    </Dialog>
  )
}
