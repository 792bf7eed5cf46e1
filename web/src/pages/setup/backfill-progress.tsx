import { useTranslation } from 'react-i18next'
import type { Account } from '../../api/types.ts'
import { useFormat } from '../../ui/use-format.ts'

type Backfill = NonNullable<Account['backfill']>

/** How far the reading of the whole base is. */
export const BackfillProgress = ({ backfill }: { readonly backfill: Backfill }) => {
  const { t } = useTranslation('setup')
  const format = useFormat()
  const { share, deals, clients, secondsLeft } = backfill
  return (
    <div className="backfill">
      <p>
        <strong>{t('backfill.title')}</strong> {format.share(share)}
        {secondsLeft !== null && secondsLeft > 0 && (
          <span className="muted"> · {t('backfill.left', { time: format.duration(secondsLeft) })}</span>
        )}
      </p>
      <progress value={share} max={1} aria-label={t('backfill.title')} />
      <p className="muted">{t('backfill.read', { deals: format.number(deals), clients: format.number(clients) })}</p>
    </div>
  )
}
