import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAccount } from '../../api/account.ts'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import type { RunReport } from './run-types.ts'

interface KeptListProps {
  readonly kept: RunReport['kept']
  readonly count: number
}

/** Tasks, notes and the like, which amoCRM can't take back. */
export const KeptList = ({ kept, count }: KeptListProps) => {
  const { t } = useTranslation('runs')
  const { number } = useFormat()
  const { account } = useAccount()
  if (count === 0) return null
  return (
    <section aria-label={t('kept.title')}>
      <h3>{t('kept.count', { count, number: number(count) })}</h3>
      <p className="muted">{t('kept.why')}</p>
      <ul className="entities">
        {kept.map(({ client, type, made, at }) => (
          <li key={`${made}${at}`}>
            {t(`kept.type.${type}`)} · <When at={at} as="moment" /> ·{' '}
            <Link href={`/accounts/${account.id}/clients/${client.kind}/${client.id}`}>
              {t(`entity.${client.kind}`, { id: client.id })}
            </Link>
          </li>
        ))}
      </ul>
      {kept.length < count && <p className="muted">{t('left.first', { number: number(kept.length) })}</p>}
    </section>
  )
}
