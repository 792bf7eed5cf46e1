import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Account } from '../../api/types.ts'
import { useSend } from '../../api/use-send.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Stat } from '../../ui/stat.tsx'
import { useAdminReason } from '../../ui/use-admin-reason.ts'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import { AccountNotes } from './account-notes.tsx'
import { BackfillProgress } from './backfill-progress.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import { RemoveDialog } from './remove-dialog.tsx'

type Asking = 'pause' | 'resync' | 'remove' | null

/** The account, what hinders it, and what can be done with it. */
export const AccountCard = ({ account }: { readonly account: Account }) => {
  const { t } = useTranslation('setup')
  const format = useFormat()
  const [asking, setAsking] = useState<Asking>(null)
  const { status, host, clients, unread, policyVersion, installedAt, backfill } = account
  return (
    <Card
      title={account.name}
      hint={
        <a href={`https://${host}`} target="_blank" rel="noreferrer">
          {host}
        </a>
      }
      actions={<AccountActions account={account} onAsk={setAsking} />}
    >
      <AccountNotes account={account} />
      <dl className="stats account-stats">
        <Stat
          label={t('account.status')}
          value={t(`common:status.${status}`)}
          tone={status === 'active' ? 'good' : status === 'paused' ? 'warn' : 'bad'}
        />
        <Stat
          label={t('account.clients')}
          value={format.number(clients)}
          hint={unread > 0 ? t('account.unread', { count: unread }) : undefined}
        />
        <Stat label={t('account.policy')} value={t('account.version', { version: policyVersion })} />
        <Stat label={t('account.installed')} value={<When at={installedAt} />} />
      </dl>
      {backfill && backfill.finishedAt === null && status !== 'disconnected' && (
        <BackfillProgress backfill={backfill} />
      )}
      <Asked account={account} asking={asking} onClose={() => setAsking(null)} />
    </Card>
  )
}

interface AccountActionsProps {
  readonly account: Account
  readonly onAsk: (asking: Asking) => void
}

const AccountActions = ({ account, onAsk }: AccountActionsProps) => {
  const { t } = useTranslation('setup')
  const reason = useAdminReason()
  const resume = useSend<Account>((api) => api.send('POST', '/resume'))
  if (account.status === 'disconnected') {
    const canCleanUp = account.removal?.canCleanUp === true && account.removal.cleanUp === null
    return canCleanUp ? (
      <Button kind="danger" reason={reason} onClick={() => onAsk('remove')}>
        {t('action.cleanUp')}
      </Button>
    ) : null
  }
  return (
    <>
      {resume.error && <ErrorState error={resume.error} />}
      {account.pausedBy === null ? (
        <Button reason={reason} onClick={() => onAsk('pause')}>
          {t('action.pause')}
        </Button>
      ) : (
        <Button kind="primary" reason={reason} isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {t('action.resume')}
        </Button>
      )}
      <Button reason={reason} onClick={() => onAsk('resync')}>
        {t('action.resync')}
      </Button>
      <Button kind="danger" reason={reason} onClick={() => onAsk('remove')}>
        {t('action.remove')}
      </Button>
    </>
  )
}

interface AskedProps {
  readonly account: Account
  readonly asking: Asking
  readonly onClose: () => void
}

/** The window that asks whether it is meant. */
const Asked = ({ account, asking, onClose }: AskedProps) => {
  const { t } = useTranslation('setup')
  const pause = useSend<Account>((api) => api.send('POST', '/pause'), { onDone: onClose })
  const resync = useSend<{ readonly run: string }>((api) => api.send('POST', '/resync'))
  return (
    <>
      <ConfirmDialog
        {...{ title: t('pause.title'), confirm: t('action.pause'), isOpen: asking === 'pause', onClose }}
        work={pause}
      >
        <p>{t('pause.text')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        {...{ title: t('resync.title'), confirm: t('resync.confirm'), isOpen: asking === 'resync', onClose }}
        work={resync}
        done={
          <p>
            {t('resync.done')} <Link href={`/accounts/${account.id}/runs`}>{t('resync.follow')}</Link>
          </p>
        }
      >
        <p>{t('resync.text')}</p>
      </ConfirmDialog>
      <RemoveDialog account={account} isOpen={asking === 'remove'} onClose={onClose} />
    </>
  )
}
