import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import type { Sources } from './movement-types.ts'

const MOST = 8

/** Why deals were lost in the period, the most frequent reasons first. */
export const LossList = ({ losses }: { readonly losses: Sources['losses'] }) => {
  const { t } = useTranslation('movement')
  const format = useFormat()
  const most = Math.max(1, ...losses.map(({ deals }) => deals))
  const all = losses.reduce((sum, { deals }) => sum + deals, 0)
  return (
    <section className="losses">
      <h3>{t('losses.title')}</h3>
      <ul>
        {losses.slice(0, MOST).map(({ id, name, deals }) => {
          const width: CSSProperties & Record<'--share', string> = { '--share': `${(deals / most) * 100}%` }
          return (
            <li key={String(id)}>
              <span>{name ?? (id === null ? t('losses.none') : t('losses.unknown', { id }))}</span>
              <span className="share-bar" style={width} aria-hidden="true" />
              <span className="figure">
                {format.number(deals)} <span className="muted">{format.share(deals / all)}</span>
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
