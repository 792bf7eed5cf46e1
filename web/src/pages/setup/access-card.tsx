import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncHealth } from '../../api/types.ts'
import { Card } from '../../ui/card.tsx'
import { When } from '../../ui/when.tsx'
import { HookSecret } from './hook-secret.tsx'

/** How the service is let into the account: tokens and the webhook subscription. */
export const AccessCard = ({ health }: { readonly health: SyncHealth }) => {
  const { t } = useTranslation('setup')
  const { tokens, account } = health
  return (
    <Card title={t('access.title')} hint={t('access.hint')}>
      <dl className="facts">
        <Fact name={t('access.kind')}>{tokens === null ? t('access.none') : t(`access.kinds.${tokens.kind}`)}</Fact>
        {tokens?.kind === 'oauth' && (
          <>
            <Fact name={t('access.given')}>
              <When at={tokens.givenAt} as="moment" /> <Ago at={tokens.givenAt} />
            </Fact>
            <Fact name={t('access.renewed')} hint={t('access.renewedHint')}>
              <When at={tokens.accessUntil} as="moment" /> <Ago at={tokens.accessUntil} />
            </Fact>
            <Fact name={t('access.refreshUntil')} hint={t('access.refreshHint')}>
              <When at={tokens.refreshUntil} /> <Ago at={tokens.refreshUntil} />
            </Fact>
          </>
        )}
        {tokens?.kind === 'long_lived' && <Fact name={t('access.longLived')}>{t('access.longLivedText')}</Fact>}
        <Fact name={t('access.hooks')} hint={t(`hooksText.${account.hooks}`)}>
          <span className={account.hooks === 'subscribed' ? 'status-active' : 'status-paused'}>
            {t(`hooks.${account.hooks}`)}
          </span>
        </Fact>
      </dl>
      {account.hooks === 'subscribed' && account.status !== 'disconnected' && <HookSecret />}
    </Card>
  )
}

interface FactProps {
  readonly name: string
  readonly hint?: string
  readonly children: ReactNode
}

const Fact = ({ name, hint, children }: FactProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {children}
      {hint && <small className="muted">{hint}</small>}
    </dd>
  </div>
)

const Ago = ({ at }: { readonly at: string | null }) =>
  at === null ? null : (
    <span className="muted">
      (<When at={at} as="relative" />)
    </span>
  )
