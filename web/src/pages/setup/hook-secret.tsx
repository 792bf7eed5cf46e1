import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { ConfirmDialog } from './confirm-dialog.tsx'

/** Replaces the secret in the address that amoCRM sends webhooks to. */
export const HookSecret = () => {
  const { t } = useTranslation('setup')
  const reason = useAdminReason()
  const [isOpen, setOpen] = useState(false)
  const rotate = useSend((api) => api.send('POST', '/hook-secret/rotate'))
  return (
    <p>
      <Button reason={reason} onClick={() => setOpen(true)}>
        {t('action.rotate')}
      </Button>
      <ConfirmDialog
        {...{ title: t('rotate.title'), confirm: t('action.rotate'), isOpen, work: rotate }}
        onClose={() => setOpen(false)}
        done={<p>{t('rotate.done')}</p>}
      >
        <p>{t('rotate.text')}</p>
      </ConfirmDialog>
    </p>
  )
}
