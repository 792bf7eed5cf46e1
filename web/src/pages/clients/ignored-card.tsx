import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { amoAddress } from './amo-link.tsx'
import type { Client } from './clients-types.ts'

/** Deals that are no purchases, and why. */
export const IgnoredCard = ({ ignored }: Pick<Client, 'ignored'>) => {
  const { t } = useTranslation('clients')
  const { lang } = useApi()
  const { host } = useAccount().account
  return (
    <Card title={t('ignored.title')} hint={t('ignored.hint')}>
      {ignored.length === 0 ? (
        <p className="muted">{t('ignored.none')}</p>
      ) : (
        <ul className="plain-list">
          {ignored.map(({ dealId, reason }) => (
            <li key={dealId}>
              {reason[lang]}{' '}
              <a href={amoAddress(host, 'deal', dealId)} target="_blank" rel="noreferrer" title={t('openInAmo')}>
                <span aria-hidden="true">↗</span>
                <span className="sr-only">{t('openInAmo')}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
