import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Money } from '../../ui/money.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { ActiveBase, ManagerBase } from './overview-types.ts'
import { ShareBar } from './share-bar.tsx'

const PERIODS = [30, 90, 180, 365] as const

/** The active client base as a figure to lead by: who keeps his clients buying. */
export const ActiveBaseCard = () => {
  const { t } = useTranslation('overview')
  const [days, setDays] = useState<number>(90)
  const base = useGet<ActiveBase>('/active-base', { days }, { keepPrevious: true })
  return (
    <Card
      className="card-wide"
      title={t('base.title')}
      hint={t('base.hint')}
      actions={
        <label className="inline-field">
          <span>{t('base.period')}</span>
          <select value={days} onChange={(event) => setDays(Number(event.target.value))}>
            {PERIODS.map((one) => (
              <option key={one} value={one}>
                {t('base.days', { count: one })}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Loaded query={base}>
        {(known) =>
          known.clients === 0 ? (
            <EmptyState title={t('lifecycle.empty')} text={t('lifecycle.emptyText')} />
          ) : (
            <Managers base={known} />
          )
        }
      </Loaded>
    </Card>
  )
}

const Managers = ({ base }: { readonly base: ActiveBase }) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { users } = useAccount().structure
  const columns = useMemo((): Column<ManagerBase>[] => {
    const names = new Map(users.map(({ id, name }) => [id, name]))
    return [
      {
        id: 'name',
        header: t('base.manager'),
        cell: ({ userId }) => names.get(userId) ?? t('base.nobody', { id: userId }),
        ...{ grow: 2, width: 150 },
      },
      {
        id: 'share',
        header: t('base.share'),
        cell: ({ active, clients }) => <ShareBar share={active / clients} />,
        ...{ grow: 2, width: 150 },
      },
      { id: 'active', header: t('base.active'), cell: ({ active }) => format.number(active), align: 'end', width: 90 },
      { id: 'clients', header: t('base.all'), cell: ({ clients }) => format.number(clients), align: 'end', width: 90 },
      {
        id: 'ltv',
        header: t('base.ltv'),
        cell: ({ ltv }) => <Money amount={Math.round(ltv)} />,
        align: 'end',
        width: 130,
      },
    ]
  }, [users, t, format])
  return (
    <div className="base-split">
      <p className="base-total">
        <strong>{format.share(base.active / base.clients)}</strong>
        <span>{t('base.of', { active: format.number(base.active), clients: format.number(base.clients) })}</span>
      </p>
      <DataTable
        label={t('base.title')}
        columns={columns}
        rows={base.managers}
        rowKey={({ userId }) => String(userId)}
        {...(base.managers.length > 12 ? { height: 480 } : {})}
      />
    </div>
  )
}
