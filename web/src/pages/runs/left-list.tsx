import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { useFormat } from '../../ui/use-format.ts'
import type { RunReport } from './run-types.ts'

interface LeftListProps {
  readonly left: RunReport['left']
  readonly count: number
}

/** Contacts, companies and deals that are left as they are, by the reason. */
export const LeftList = ({ left, count }: LeftListProps) => {
  const { t } = useTranslation('runs')
  const { number } = useFormat()
  const { account } = useAccount()
  if (count === 0) return null
  const outcomes = [...new Set(left.map(({ outcome }) => outcome))]
  return (
    <section aria-label={t('left.title')}>
      <h3>{t('left.count', { count, number: number(count) })}</h3>
      {outcomes.map((outcome) => (
        <details key={outcome} open={outcomes.length === 1}>
          <summary>
            {t(`left.${outcome}`)} ({number(left.filter((one) => one.outcome === outcome).length)})
          </summary>
          <ul className="entities">
            {left
              .filter((one) => one.outcome === outcome)
              .map(({ entity, entityId }) => (
                <li key={`${entity}${entityId}`}>
                  <a href={`https://${account.host}/${entity}/detail/${entityId}`} target="_blank" rel="noreferrer">
                    {t(`entity.${entity}`, { id: entityId })}
                  </a>
                </li>
              ))}
          </ul>
        </details>
      ))}
      {left.length < count && <p className="muted">{t('left.first', { number: number(left.length) })}</p>}
    </section>
  )
}
