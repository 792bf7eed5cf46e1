import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { Chart } from '../../ui/chart.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useFormat } from '../../ui/use-format.ts'
import type { Sleepers } from './overview-types.ts'
import { sleepersOption } from './sleepers-option.ts'

/** Who falls asleep soon if nobody wakes him, and what is at stake. */
export const SleepersCard = () => {
  const { t } = useTranslation('overview')
  const sleepers = useGet<Sleepers>('/sleepers', {}, { every: 120_000 })
  return (
    <Card title={t('sleepers.title')} hint={t('sleepers.hint')}>
      <Loaded query={sleepers}>
        {(known) =>
          known.within.every(({ clients }) => clients === 0) ? (
            <EmptyState title={t('sleepers.empty')} text={t('sleepers.emptyText')} />
          ) : (
            <Coming sleepers={known} />
          )
        }
      </Loaded>
    </Card>
  )
}

const Coming = ({ sleepers: { within, byDay } }: { readonly sleepers: Sleepers }) => {
  const { t } = useTranslation('overview')
  const { accountId } = useApi()
  const format = useFormat()
  const option = useMemo(
    () => sleepersOption(byDay, format, (clients) => t('sleepers.clients', { count: clients })),
    [byDay, format, t],
  )
  return (
    <>
      <dl className="stakes">
        {within.map(({ days, clients, ltv, nextPurchases }) => (
          <div key={days} className="stake">
            <dt>{t('sleepers.within', { count: days })}</dt>
            <dd className="stat-value">
              <Link href={`/accounts/${accountId}/clients?sleepsWithinDays=${days}&sort=ltv&order=desc`}>
                {t('sleepers.clients', { count: clients })}
              </Link>
            </dd>
            <dd>{t('sleepers.worth', { money: format.money(Math.round(nextPurchases)) })}</dd>
            <dd className="muted">{t('sleepers.ltv', { money: format.money(Math.round(ltv)) })}</dd>
          </div>
        ))}
      </dl>
      <Chart option={option} label={t('sleepers.chart')} height={150} />
    </>
  )
}
