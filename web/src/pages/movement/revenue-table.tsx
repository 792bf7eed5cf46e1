import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../ui/column.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Money } from '../../ui/money.tsx'
import type { Revenue } from './movement-types.ts'
import { stepName } from './step-name.ts'

interface RevenueTableProps {
  readonly revenue: Revenue
  readonly segments: readonly { readonly segment: string; readonly name: string }[]
}

type Step = Revenue['steps'][number]

/** The figures of the chart, the latest first. */
export const RevenueTable = ({ revenue, segments }: RevenueTableProps) => {
  const { t, i18n } = useTranslation('movement')
  const { step, steps } = revenue
  const columns = useMemo<Column<Step>[]>(
    () => [
      { id: 'day', header: t(`step.${step}`), cell: ({ day }) => stepName(day, step, i18n.language), width: 90 },
      ...segments.map(
        ({ segment, name }): Column<Step> => ({
          ...{ id: segment, header: name, align: 'end' },
          cell: ({ segments: of }) => {
            const amount = of[segment]?.amount
            return amount === undefined ? <span className="muted">—</span> : <Money amount={amount} />
          },
        }),
      ),
    ],
    [t, i18n.language, step, segments],
  )
  const rows = useMemo(() => steps.toReversed(), [steps])
  return <DataTable label={t('revenue.title')} columns={columns} rows={rows} rowKey={({ day }) => day} height={360} />
}
