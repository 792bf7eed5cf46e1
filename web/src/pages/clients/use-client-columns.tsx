import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useAccount } from '../../api/account.ts'
import type { Column } from '../../ui/column.ts'
import { Money } from '../../ui/money.tsx'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import { AmoLink } from './amo-link.tsx'
import { clientName } from './client-name.ts'
import type { Listed } from './clients-types.ts'

/** The columns of the list of clients. */
export const useClientColumns = (): Column<Listed>[] => {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const { account, structure } = useAccount()
  const { users } = structure
  return useMemo((): Column<Listed>[] => {
    const managers = new Map(users.map(({ id, name }) => [id, name]))
    return [
      {
        ...{ id: 'name', header: t('column.name'), grow: 2, width: 190 },
        cell: ({ client, name }) => (
          <span className="client-cell">
            <Link href={`/accounts/${account.id}/clients/${client.kind}/${client.id}`}>
              {clientName(name, client, t)}
            </Link>
            <AmoLink client={client} isShort />
          </span>
        ),
      },
      {
        ...{ id: 'lifecycle', header: t('dimension.lifecycle'), grow: 1.3, width: 150 },
        cell: ({ lifecycle }) => <SegmentChip dimension="lifecycle" segment={lifecycle} />,
      },
      {
        ...{ id: 'temperature', header: t('dimension.temperature'), grow: 1, width: 105 },
        cell: ({ temperature }) => <SegmentChip dimension="temperature" segment={temperature} />,
      },
      {
        ...{ id: 'ltv', header: t('column.ltv'), align: 'end', grow: 1, width: 125, sort: 'ltv' },
        cell: ({ ltv }) => <Money amount={ltv} />,
      },
      {
        ...{ id: 'purchases', header: t('column.purchases'), align: 'end', grow: 0.7, width: 90 },
        cell: ({ purchases }) => format.number(purchases),
      },
      {
        ...{ id: 'last', header: t('column.last'), grow: 1, width: 130, sort: 'last_purchase' },
        cell: ({ lastPurchaseAt }) => <When at={lastPurchaseAt} />,
      },
      {
        ...{ id: 'next', header: t('column.next'), grow: 1, width: 130, sort: 'next_change' },
        cell: ({ nextChangeAt }) => <When at={nextChangeAt} />,
      },
      {
        ...{ id: 'manager', header: t('column.manager'), grow: 1.3, width: 150 },
        cell: ({ responsibleUserId }) => managers.get(responsibleUserId ?? 0) ?? '—',
      },
    ]
  }, [users, account.id, t, format])
}
