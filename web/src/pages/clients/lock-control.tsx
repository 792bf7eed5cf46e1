import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { useSegments } from '../../ui/segment-names.ts'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { useAuthor } from '../../ui/use-author.ts'
import { useFormat } from '../../ui/use-format.ts'
import type { Answer, Client } from './clients-types.ts'
import { LockDialog } from './lock-dialog.tsx'

interface LockControlProps {
  readonly client: Client
  readonly answer: Answer
}

/** Sets the segment of one dimension by hand, or lets the rules answer again. */
export const LockControl = ({ client, answer: { dimension, segment } }: LockControlProps) => {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const reason = useAdminReason()
  const nameOf = useAuthor()
  const [isOpen, setOpen] = useState(false)
  const known = useSegments().data?.segments ?? []
  const choices = known.filter((one) => one.dimension === (dimension === 'value' ? 'tier' : dimension))
  const path = `/clients/${client.client.kind}/${client.client.id}`
  const unlock = useSend((api) => api.send('DELETE', `${path}/locks/${dimension}`), { refresh: [path, '/segments'] })
  const lock = client.locks.find((one) => one.dimension === dimension)
  if (lock) {
    const until = lock.until === null ? t('lock.forever') : t('lock.until', { day: format.day(lock.until) })
    return (
      <span className="lock">
        <span className="muted">
          <span aria-hidden="true">🔒 </span>
          {t('lock.by', { author: nameOf(lock.author) })}, {until}
        </span>
        <Button kind="link" reason={reason} isBusy={unlock.isPending} onClick={() => unlock.mutate()}>
          {t('lock.release')}
        </Button>
      </span>
    )
  }
  if (choices.length === 0) return null
  return (
    <span className="lock">
      <Button kind="link" reason={reason} onClick={() => setOpen(true)}>
        {t('lock.set')}
        <span className="sr-only"> {t(`dimension.${dimension}`)}</span>
      </Button>
      <LockDialog
        {...{ client, dimension, choices, isOpen }}
        chosen={segment ?? choices[0]?.segment ?? ''}
        onClose={() => setOpen(false)}
      />
    </span>
  )
}
