import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Policy, Preview } from '../policy-types.ts'
import { ClientLinks } from './client-links.tsx'
import { usePreviewNames } from './preview-names.ts'

interface MovesTableProps {
  readonly policy: Policy
  readonly preview: Preview
}

/** Each move with some of those who make it. */
export const MovesTable = ({ policy, preview: { moves } }: MovesTableProps) => {
  const { t } = useTranslation('policy')
  const { number } = useFormat()
  const names = usePreviewNames(policy)
  if (moves.length === 0) return null
  return (
    <Card title={t('preview.examples')} hint={t('preview.examplesText')}>
      <ul className="moves">
        {moves.map(({ dimension, from, to, clients, examples }) => (
          <li key={`${dimension}:${from}>${to}`}>
            <span className="muted">{names.dimension(dimension)}</span>
            <span className="move">
              <span>{names.segment(dimension, from)}</span>
              <span aria-hidden="true">→</span>
              <span className="sr-only">{t('preview.to')}</span>
              <strong>{names.segment(dimension, to)}</strong>
            </span>
            <span className="figure">{t('preview.clients', { count: clients, number: number(clients) })}</span>
            <ClientLinks clients={examples} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
