import { useTranslation } from 'react-i18next'
import type { Account } from '../../api/types.ts'
import { useFormat } from '../../ui/use-format.ts'

/** Says that the base is still being read, so that nobody takes half of it for the whole. */
export const BaseIntake = ({ account: { backfill, clients } }: { readonly account: Account }) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  if (backfill === null || backfill.finishedAt !== null) return null
  return (
    <div className="notice" role="status">
      <p>{t('intake.text', { share: format.share(backfill.share), clients: format.number(clients) })}</p>
      <progress max={1} value={backfill.share} aria-label={t('intake.label')} />
    </div>
  )
}
