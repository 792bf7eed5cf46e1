import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccount } from '../../api/account.ts'
import { Money } from '../../ui/money.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { useScrollFocus } from '../../ui/use-scroll-focus.ts'
import type { ActiveBase } from './overview-types.ts'
import { ShareBar } from './share-bar.tsx'

/** Who keeps his clients buying. An account has as many managers as people: plain rows, without an engine for thousands. */
export const ManagerTable = ({ managers }: Pick<ActiveBase, 'managers'>) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const place = useRef<HTMLDivElement>(null)
  useScrollFocus(place)
  const names = new Map(useAccount().structure.users.map(({ id, name }) => [id, name]))
  return (
    <div ref={place} className="managers">
      <table className="plain-table" aria-label={t('base.title')}>
        <thead>
          <tr>
            <th scope="col">{t('base.manager')}</th>
            <th scope="col">{t('base.share')}</th>
            <th scope="col" className="align-end">
              {t('base.active')}
            </th>
            <th scope="col" className="align-end">
              {t('base.all')}
            </th>
            <th scope="col" className="align-end when-wide">
              {t('base.ltv')}
            </th>
          </tr>
        </thead>
        <tbody>
          {managers.map(({ userId, active, clients, ltv }) => (
            <tr key={userId}>
              <th scope="row">{names.get(userId) ?? t('base.nobody', { id: userId })}</th>
              <td className="share-cell">
                <ShareBar share={active / clients} />
              </td>
              <td className="align-end figure">{format.number(active)}</td>
              <td className="align-end figure">{format.number(clients)}</td>
              <td className="align-end when-wide">
                <Money amount={Math.round(ltv)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
