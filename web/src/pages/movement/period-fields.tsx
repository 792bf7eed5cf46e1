import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { Field } from '../../ui/field.tsx'
import { LENGTHS, type Period, todayIn } from './period.ts'

interface PeriodFieldsProps {
  readonly period: Period
  readonly onPeriod: (period: Period) => void
}

const OWN = 'own'

/** The last so many days, or two days of one's own choice. */
export const PeriodFields = ({ period, onPeriod }: PeriodFieldsProps) => {
  const { t } = useTranslation('movement')
  const { timeZone } = useAccount().structure
  const today = todayIn(timeZone, Date.now())
  const choose = (value: string) => {
    if (value !== OWN) return onPeriod({ type: 'last', days: Number(value) })
    onPeriod({ type: 'days', from: `${today.slice(0, 8)}01`, to: today })
  }
  return (
    <>
      <Field label={t('filter.period')}>
        {(aria) => (
          <select
            {...aria}
            value={period.type === 'last' ? period.days : OWN}
            onChange={({ target }) => choose(target.value)}
          >
            {LENGTHS.map((days) => (
              <option key={days} value={days}>
                {t(`period.${days}`)}
              </option>
            ))}
            <option value={OWN}>{t('period.own')}</option>
          </select>
        )}
      </Field>
      {period.type === 'days' && (
        <>
          <DayField
            {...{ label: t('filter.from'), value: period.from, max: period.to }}
            onDay={(from) => onPeriod({ ...period, from })}
          />
          <DayField
            {...{ label: t('filter.to'), value: period.to, min: period.from, max: today }}
            onDay={(to) => onPeriod({ ...period, to })}
          />
        </>
      )}
    </>
  )
}

interface DayFieldProps {
  readonly label: string
  readonly value: string
  readonly min?: string
  readonly max: string
  readonly onDay: (day: string) => void
}

const DayField = ({ label, value, min, max, onDay }: DayFieldProps) => (
  <Field label={label}>
    {(aria) => (
      <input
        {...aria}
        type="date"
        {...(min === undefined ? {} : { min })}
        {...{ value, max }}
        onChange={({ target }) => target.validity.valid && target.value !== '' && onDay(target.value)}
      />
    )}
  </Field>
)
