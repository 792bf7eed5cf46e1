import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { ManagerTable } from './manager-table.tsx'
import type { ActiveBase } from './overview-types.ts'

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
  return (
    <div className="base-split">
      <p className="base-total">
        <strong>{format.share(base.active / base.clients)}</strong>
        <span>
          {t('base.of', {
            count: base.clients,
            active: format.number(base.active),
            clients: format.number(base.clients),
          })}
        </span>
      </p>
      <ManagerTable managers={base.managers} />
    </div>
  )
}
