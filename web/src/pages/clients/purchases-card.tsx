import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Money } from '../../ui/money.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { When } from '../../ui/when.tsx'
import { amoAddress } from './amo-link.tsx'
import type { Client } from './clients-types.ts'
import { purchasesOption } from './purchases-option.ts'

/** When the client bought and for how much, with the silence after which he sleeps. */
export const PurchasesCard = ({ client }: { readonly client: Client }) => {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const { purchases, sleep } = client
  const option = useMemo(
    () =>
      purchasesOption(purchases, sleep, format, {
        today: t('purchases.today'),
        sleeps: (day) => t('purchases.sleeps', { day }),
        slept: (day) => t('purchases.slept', { day }),
      }),
    [purchases, sleep, format, t],
  )
  if (purchases.length === 0)
    return (
      <Card title={t('purchases.title')}>
        <EmptyState title={t('purchases.none')} text={t('purchases.noneText')} />
      </Card>
    )
  return (
    <Card title={t('purchases.title')} hint={sleep && thresholdText()}>
      <Chart part="marks" option={option} label={t('purchases.chart')} height={220} />
      <details className="purchase-list">
        <summary>{t('purchases.list', { count: purchases.length })}</summary>
        <PurchaseTable purchases={purchases} />
      </details>
    </Card>
  )

  function thresholdText(): string {
    return t(`purchases.threshold.${sleep?.from}`, { count: Math.round((sleep?.thresholdDays ?? 0) * 10) / 10 })
  }
}

const PurchaseTable = ({ purchases }: Pick<Client, 'purchases'>) => {
  const { t } = useTranslation('clients')
  const { host } = useAccount().account
  return (
    <table className="plain-table" aria-label={t('purchases.title')}>
      <thead>
        <tr>
          <th scope="col">{t('purchases.day')}</th>
          <th scope="col" className="align-end">
            {t('purchases.amount')}
          </th>
          <th scope="col">{t('purchases.deals')}</th>
        </tr>
      </thead>
      <tbody>
        {purchases.toReversed().map(({ at, amount, dealIds }) => (
          <tr key={`${at}${dealIds[0]}`}>
            <td>
              <When at={at} />
            </td>
            <td className="align-end">
              <Money amount={amount} />
            </td>
            <td>
              {dealIds.map((id, index) => (
                <span key={id}>
                  {index > 0 && ', '}
                  <a href={amoAddress(host, 'deal', id)} target="_blank" rel="noreferrer">
                    № {id}
                  </a>
                </span>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
