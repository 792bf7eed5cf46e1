import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, Redirect } from 'wouter'
import type { ApiError } from '../api/api-error.ts'
import { requestJson } from '../api/request.ts'
import type { Account } from '../api/types.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Page } from '../ui/page.tsx'
import { useCaller } from './caller.ts'

/** All installed accounts, for the operator alone. */
export const useAccounts = (enabled: boolean) =>
  useQuery<{ readonly accounts: readonly Account[] }, ApiError>({
    queryKey: ['accounts'],
    queryFn: ({ signal }) => requestJson('GET', '/accounts', { signal }),
    enabled,
  })

/** `/app/`: one's own account, or the operator's choice. */
export const AccountChooser = () => {
  const { t } = useTranslation()
  const { accountId } = useCaller()
  const accounts = useAccounts(accountId === null)
  const [only, ...others] = accounts.data?.accounts ?? []
  const own = accountId ?? (only && others.length === 0 ? only.id : null)
  if (own !== null) return <Redirect to={`/accounts/${own}/overview`} replace />
  return (
    <main className="chooser">
      <Page title={t('chooser.title')}>
        <Loaded query={accounts}>
          {({ accounts: all }) =>
            all.length === 0 ? (
              <EmptyState title={t('chooser.none')} text={t('chooser.noneText')} />
            ) : (
              <ul className="chooser-list">
                {all.map(({ id, name, host, status }) => (
                  <li key={id}>
                    <Link href={`/accounts/${id}/overview`} className="card chooser-item">
                      <strong>{name}</strong>
                      <span className="muted">{host}</span>
                      <span className={`status status-${status}`}>{t(`status.${status}`)}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            )
          }
        </Loaded>
      </Page>
    </main>
  )
}
