import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAccount } from '../../api/account.ts'
import type { Account } from '../../api/types.ts'
import { useAccounts } from '../../shell/account-chooser.tsx'
import { Card } from '../../ui/card.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'

/** All installed accounts; each opens its own page, where it is paused, read again or removed. */
export const AccountsCard = () => {
  const { t } = useTranslation('setup')
  const { account: current } = useAccount()
  const format = useFormat()
  const accounts = useAccounts(true)
  const { refetch } = accounts
  const standing = `${current.status} ${current.pausedBy?.at} ${current.problem?.since}`
  // The list is nobody's own, so that what becomes of one account does not refresh it.
  useEffect(() => {
    if (standing !== '') void refetch()
  }, [standing, refetch])
  const columns = useMemo<Column<Account>[]>(
    () => [
      {
        ...{ id: 'name', header: t('accounts.account'), width: 220, grow: 2 },
        cell: ({ id, name, host }) => (
          <span className="two-lines">
            <Link href={`/accounts/${id}/setup`} {...(id === current.id ? { 'aria-current': 'true' } : {})}>
              {name}
            </Link>
            <small className="muted">
              {host} · {id}
            </small>
          </span>
        ),
      },
      {
        ...{ id: 'status', header: t('account.status'), width: 130 },
        cell: ({ status }) => <span className={`status status-${status}`}>{t(`common:status.${status}`)}</span>,
      },
      {
        ...{ id: 'problem', header: t('accounts.trouble'), width: 220, grow: 2 },
        cell: (account) => <Trouble account={account} />,
      },
      {
        ...{ id: 'clients', header: t('account.clients'), align: 'end', width: 100 },
        cell: ({ clients }) => format.number(clients),
      },
      {
        ...{ id: 'installed', header: t('account.installed'), width: 120 },
        cell: ({ installedAt }) => <When at={installedAt} />,
      },
    ],
    [t, format, current.id],
  )
  return (
    <Card title={t('accounts.title')} hint={t('accounts.hint')}>
      <Loaded query={accounts}>
        {({ accounts: all }) => (
          <DataTable
            label={t('accounts.title')}
            rowKey={({ id }) => String(id)}
            rows={all}
            columns={columns}
            {...(all.length > 10 ? { height: 460 } : {})}
          />
        )}
      </Loaded>
    </Card>
  )
}

/** What keeps an account from working, in a few words. */
const Trouble = ({ account }: { readonly account: Account }) => {
  const { t, i18n } = useTranslation('setup')
  const { problem, pausedBy, hooks, status, backfill } = account
  if (problem) return i18n.exists(`setup:problem.${problem.code}`) ? t(`problem.${problem.code}`) : problem.message
  if (status === 'disconnected') return t('note.removed')
  if (pausedBy) return t('note.paused')
  if (hooks !== 'subscribed') return t(`hooks.${hooks}`)
  if (backfill && backfill.finishedAt === null) return t('backfill.title')
  return <span className="muted">—</span>
}
