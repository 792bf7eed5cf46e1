import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAccount } from '../../api/account.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Page } from '../../ui/page.tsx'
import { PageSkeleton } from '../../ui/skeleton.tsx'
import { AmoLink } from './amo-link.tsx'
import { clientName } from './client-name.ts'
import type { Client } from './clients-types.ts'
import { HistoryCard } from './history-card.tsx'
import { IgnoredCard } from './ignored-card.tsx'
import { NextChangeCard } from './next-change-card.tsx'
import { PurchasesCard } from './purchases-card.tsx'
import { RecomputeButton } from './recompute-button.tsx'
import { RulesCard } from './rules-card.tsx'
import { useClient } from './use-client.ts'
import { VerdictCard } from './verdict-card.tsx'
import './clients.css'

export interface ClientPageProps {
  readonly kind: 'contact' | 'company'
  readonly clientId: number
}

/** One client: what he is and why, what he bought, what comes next. */
export const ClientPage = ({ kind, clientId }: ClientPageProps) => {
  const { t } = useTranslation('clients')
  const { query, expectReading, isReading } = useClient(kind, clientId)
  if (query.data) return <Known client={query.data} onRecompute={expectReading} isReading={isReading} />
  return (
    <Page title={clientName('', { kind, id: clientId }, t)} actions={<ToList />}>
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : <PageSkeleton />}
    </Page>
  )
}

const ToList = () => {
  const { t } = useTranslation('clients')
  const { account } = useAccount()
  return (
    <Link className="button button-plain" href={`/accounts/${account.id}/clients`}>
      {t('backToList')}
    </Link>
  )
}

interface KnownProps {
  readonly client: Client
  readonly onRecompute: () => void
  readonly isReading: boolean
}

const Known = ({ client, onRecompute, isReading }: KnownProps) => {
  const { t } = useTranslation('clients')
  const { structure } = useAccount()
  const manager = structure.users.find(({ id }) => id === client.responsibleUserId)?.name
  return (
    <Page
      title={clientName(client.name, client.client, t)}
      text={
        <>
          {t(`kind.${client.client.kind}`)} № {client.client.id}
          {manager && ` · ${t('column.manager')}: ${manager}`} · <AmoLink client={client.client} />
        </>
      }
      actions={
        <>
          <ToList />
          <RecomputeButton client={client} onRecompute={onRecompute} isReading={isReading} />
        </>
      }
    >
      {client.isFrozen && <p className="notice">{t('frozen')}</p>}
      {client.isHeld && <p className="notice">{t('held')}</p>}
      {client.verdict === null ? (
        <p className="notice">{t(client.readAt === null ? 'unread' : 'noClient')}</p>
      ) : (
        <div className="client-grid">
          <VerdictCard client={client} verdict={client.verdict} />
          <div className="client-side">
            <NextChangeCard verdict={client.verdict} />
            {client.verdict.rules.length > 0 && <RulesCard rules={client.verdict.rules} />}
            <IgnoredCard ignored={client.ignored} />
          </div>
        </div>
      )}
      <PurchasesCard client={client} />
      <HistoryCard history={client.history} />
    </Page>
  )
}
