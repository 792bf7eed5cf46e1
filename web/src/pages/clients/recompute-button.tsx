import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { useErrorText } from '../../ui/error-text.ts'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import type { Client } from './clients-types.ts'

interface RecomputeButtonProps {
  readonly client: Client
  readonly onRecompute: () => void
  readonly isReading: boolean
}

/** Has the client read again and made right. */
export const RecomputeButton = ({ client: { client }, onRecompute, isReading }: RecomputeButtonProps) => {
  const { t } = useTranslation('clients')
  const textOf = useErrorText()
  const reason = useAdminReason()
  const recompute = useSend((api) => api.send('POST', `/clients/${client.kind}/${client.id}/recompute`), {
    refresh: [],
    onDone: onRecompute,
  })
  return (
    <>
      <Button
        kind="primary"
        reason={reason}
        isBusy={recompute.isPending || isReading}
        onClick={() => recompute.mutate()}
      >
        {t('recompute')}
      </Button>
      {recompute.error && (
        <p className="field-error" role="alert">
          {textOf(recompute.error)}
        </p>
      )}
    </>
  )
}
