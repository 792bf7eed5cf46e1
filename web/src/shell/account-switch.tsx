import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useAccount } from '../api/account.ts'
import { useAccounts } from './account-chooser.tsx'

/** The operator's way from one account to another. */
export const AccountSwitch = () => {
  const { t } = useTranslation()
  const { account } = useAccount()
  const [, navigate] = useLocation()
  const all = useAccounts(true).data?.accounts ?? [account]
  return (
    <select
      aria-label={t('shell.account')}
      className="quiet-select account-name"
      value={account.id}
      onChange={(event) => navigate(`/accounts/${event.target.value}/overview`)}
    >
      {all.map(({ id, name, host }) => (
        <option key={id} value={id}>
          {name} · {host}
        </option>
      ))}
    </select>
  )
}
