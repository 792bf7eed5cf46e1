import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import type { SyncHealth } from '../../api/types.ts'
import { Card } from '../../ui/card.tsx'
import { When } from '../../ui/when.tsx'

/** Cards that something else keeps changing back. */
export const SetAsideCard = ({ setAside }: { readonly setAside: SyncHealth['setAside'] }) => {
  const { t } = useTranslation('setup')
  const { host } = useAccount().account
  const { count, first } = setAside
  return (
    <Card title={t('aside.title', { count })} hint={t('aside.hint')}>
      <ul className="plain-list">
        {first.map(({ entity, entityId, until }) => (
          <li key={`${entity}${entityId}`}>
            <a href={`https://${host}/${entity}/detail/${entityId}`} target="_blank" rel="noreferrer">
              {t(`aside.${entity}`, { id: entityId })}
            </a>{' '}
            <span className="muted">
              {t('aside.until')} <When at={until} as="moment" />
            </span>
          </li>
        ))}
      </ul>
      {count > first.length && <p className="muted">{t('aside.more', { count: count - first.length })}</p>}
    </Card>
  )
}
