import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import type { SyncHealth } from '../../api/types.ts'
import { useGet } from '../../api/use-get.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'
import { AccessCard } from './access-card.tsx'
import { AccountCard } from './account-card.tsx'
import { AccountsCard } from './accounts-card.tsx'
import { HealthCard } from './health-card.tsx'
import { ServiceCard } from './service-card.tsx'
import './setup.css'
import { SetAsideCard } from './set-aside-card.tsx'

/** While the page is seen its figures are never older, ms. */
const EVERY_MS = 5_000

/** How the account is connected and how its work keeps up; for the operator the service itself too. */
export const SetupPage = () => {
  const { t } = useTranslation('setup')
  const { caller } = useAccount()
  const health = useGet<SyncHealth>('/sync', {}, { every: EVERY_MS })
  return (
    <Page title={t('title')} text={t('text')}>
      <Loaded query={health} skeleton={<PageSkeleton />}>
        {(found) => (
          <>
            <AccountCard account={found.account} />
            <div className="grid">
              <HealthCard health={found} />
              <AccessCard health={found} />
            </div>
            {found.setAside.count > 0 && <SetAsideCard setAside={found.setAside} />}
          </>
        )}
      </Loaded>
      {caller.type === 'ops' && (
        <>
          <AccountsCard />
          <ServiceCard />
        </>
      )}
    </Page>
  )
}
