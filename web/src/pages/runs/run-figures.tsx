import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import { hasEnded, type Run } from './run-types.ts'
import './runs.css'

/** How far a run is: its share, its clients, its writes. */
export const RunFigures = ({ run }: { readonly run: Run }) => {
  const { t } = useTranslation('runs')
  const { number, share: shareText } = useFormat()
  const { state, share, clients, total, writes, phase } = run
  const isMoving = !hasEnded(run)
  return (
    <div className="run-figures">
      <div className="run-line">
        <span className={`run-state run-${state}`}>{t(`state.${state}`)}</span>
        {phase && phase !== 'done' && isMoving && <span className="muted">{t(`phase.${phase}`)}</span>}
        <span className="muted">
          {total === null
            ? t('clients', { count: clients, number: number(clients) })
            : t('clientsOf', { count: total, clients: number(clients), total: number(total) })}
          {' · '}
          {t('writes', { count: writes, number: number(writes) })}
        </span>
      </div>
      {isMoving && (
        <div className="run-bar">
          <progress aria-label={t('progress')} max={1} {...(share === null ? {} : { value: share })} />
          {share !== null && <span className="figure">{shareText(share)}</span>}
        </div>
      )}
    </div>
  )
}
