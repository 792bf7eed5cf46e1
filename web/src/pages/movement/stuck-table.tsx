import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Money } from '../../ui/money.tsx'
import { When } from '../../ui/when.tsx'
import type { StuckDeal } from './movement-types.ts'
import { useSourceName } from './source-name.ts'

interface StuckTableProps {
  readonly deals: readonly StuckDeal[]
  /** There may be more than are listed. */
  readonly total: number
}

const DAY_MS = 86_400_000

const daysSince = (at: string): number => Math.floor((Date.now() - Date.parse(at)) / DAY_MS)

/** The stuck deals, the dearest first; each opens in amoCRM. */
export const StuckTable = ({ deals, total }: StuckTableProps) => {
  const { t } = useTranslation('movement')
  const { account, structure } = useAccount()
  const nameOf = useSourceName()
  const columns = useMemo<Column<StuckDeal>[]>(() => {
    const stages = new Map(
      structure.pipelines.flatMap((pipeline) =>
        pipeline.statuses.map(
          (status) => [`${pipeline.id}:${status.id}`, `${pipeline.name} → ${status.name}`] as const,
        ),
      ),
    )
    const users = new Map(structure.users.map(({ id, name }) => [id, name]))
    return [
      {
        ...{ id: 'deal', header: t('stuck.deal'), width: 130 },
        cell: ({ id }) => (
          <a href={`https://${account.host}/leads/detail/${id}`} target="_blank" rel="noreferrer">
            {t('stuck.number', { id })}
            <span className="sr-only"> {t('stuck.opens')}</span>
          </a>
        ),
      },
      {
        ...{ id: 'stage', header: t('funnel.stage'), width: 200, grow: 2 },
        cell: ({ pipelineId, statusId }) => stages.get(`${pipelineId}:${statusId}`) ?? `№ ${statusId}`,
      },
      {
        ...{ id: 'price', header: t('funnel.sum'), align: 'end' },
        cell: ({ price }) => (price === 0 ? <span className="muted">—</span> : <Money amount={price} />),
      },
      {
        ...{ id: 'since', header: t('stuck.stands'), width: 150 },
        cell: ({ since }) => (
          <span className="two-lines">
            {t('stuck.days', { count: daysSince(since) })}
            <small className="muted">
              {t('stuck.since')} <When at={since} />
            </small>
          </span>
        ),
      },
      {
        ...{ id: 'manager', header: t('filter.manager'), width: 150 },
        cell: ({ responsibleUserId }) => users.get(responsibleUserId) ?? <span className="muted">—</span>,
      },
      { id: 'source', header: t('filter.source'), width: 130, cell: ({ source }) => nameOf(source) },
    ]
  }, [t, account.host, structure, nameOf])
  return (
    <>
      <DataTable label={t('stuck.label')} columns={columns} rows={deals} rowKey={({ id }) => String(id)} height={420} />
      {total > deals.length && <p className="muted">{t('stuck.more', { shown: deals.length, total })}</p>}
    </>
  )
}
