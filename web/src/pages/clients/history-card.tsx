import { useTranslation } from 'react-i18next'
import { Card } from '../../ui/card.tsx'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import { When } from '../../ui/when.tsx'
import type { Client } from './clients-types.ts'

/** How the client went from segment to segment, newest first. */
export const HistoryCard = ({ history }: Pick<Client, 'history'>) => {
  const { t } = useTranslation('clients')
  return (
    <Card title={t('history.title')} hint={t('history.hint')}>
      {history.length === 0 ? (
        <p className="muted">{t('history.none')}</p>
      ) : (
        <ol className="history">
          {history.map(({ at, moves }) => (
            <li key={`${at}${moves.map(({ to }) => to).join()}`}>
              <When at={at} as="moment" />
              <ul className="plain-list">
                {moves.map(({ dimension, from, to }) => (
                  <li key={dimension} className="move">
                    <span className="muted">
                      {dimension.startsWith('rule:') ? t('dimension.rule') : t(`dimension.${dimension}`)}:
                    </span>
                    <SegmentChip dimension={dimension} segment={from} />
                    <span aria-hidden="true">→</span>
                    <span className="sr-only">{t('history.to')}</span>
                    <SegmentChip dimension={dimension} segment={to} />
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}
