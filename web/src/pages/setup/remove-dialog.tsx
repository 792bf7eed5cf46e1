import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Account } from '../../api/types.ts'
import { useSend } from '../../api/use-send.ts'
import { When } from '../../ui/when.tsx'
import { ConfirmDialog } from './confirm-dialog.tsx'
import type { Removed } from './setup-types.ts'

interface RemoveDialogProps {
  readonly account: Account
  readonly isOpen: boolean
  readonly onClose: () => void
}

const WAYS = ['leave', 'cleanUp'] as const

/** Ends the work in an account: with all that is ours left there, or taken away first. */
export const RemoveDialog = ({ account, isOpen, onClose }: RemoveDialogProps) => {
  const { t } = useTranslation('setup')
  const isOver = account.status === 'disconnected'
  const [chosen, setWay] = useState<(typeof WAYS)[number]>('leave')
  const [isMeant, setMeant] = useState(false)
  const way = isOver ? 'cleanUp' : chosen
  const remove = useSend<Removed>((api) => api.send('DELETE', '', undefined, { query: { cleanUp: way === 'cleanUp' } }))
  const close = () => {
    setMeant(false)
    onClose()
  }
  return (
    <ConfirmDialog
      title={isOver ? t('cleanUp.title') : t('remove.title', { name: account.name })}
      confirm={isOver ? t('action.cleanUp') : t('remove.confirm')}
      kind="danger"
      reason={isMeant ? null : t('remove.tick')}
      {...{ isOpen, work: remove, onClose: close }}
      done={remove.data && <Done account={account} removed={remove.data} />}
    >
      {isOver ? (
        <p>{t('cleanUp.text')}</p>
      ) : (
        <>
          <p>{t('remove.text')}</p>
          <fieldset className="ways">
            <legend>{t('remove.ways')}</legend>
            {WAYS.map((one) => (
              <label key={one} className="way">
                <input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} />
                <span>
                  <strong>{t(`remove.way.${one}`)}</strong>
                  <span className="muted">{t(`remove.wayText.${one}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
        </>
      )}
      <label className="way">
        <input type="checkbox" checked={isMeant} onChange={({ target }) => setMeant(target.checked)} />
        <span>{t('remove.meant')}</span>
      </label>
    </ConfirmDialog>
  )
}

const Done = ({ account, removed }: { readonly account: Account; readonly removed: Removed }) => {
  const { t } = useTranslation('setup')
  return (
    <>
      <p>{t('remove.done')}</p>
      <ul className="plain-list">
        <li>{t(`remove.hook.${removed.hook}`)}</li>
        {removed.cleanUp !== null && (
          <li>
            {t('remove.cleaning')} <Link href={`/accounts/${account.id}/runs`}>{t('resync.follow')}</Link>
          </li>
        )}
        <li>
          {t('remove.erase')} <When at={removed.eraseAt} />
        </li>
      </ul>
    </>
  )
}
