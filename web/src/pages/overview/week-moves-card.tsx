import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { moveTone, realMoves } from './move-tone.ts'
import type { Move, Moves } from './overview-types.ts'
import { weekStart } from './week-start.ts'

const SHOWN = 8

/** What moved in the last seven days, with the money behind it. */
export const WeekMovesCard = () => {
  const { t } = useTranslation('overview')
  const { accountId } = useApi()
  const moves = useGet<Moves>('/segments/moves', { dimension: 'lifecycle', from: weekStart() }, { every: 120_000 })
  return (
    <Card
      title={t('moves.title')}
      hint={t('moves.hint')}
      actions={<Link href={`/accounts/${accountId}/movement`}>{t('moves.all')}</Link>}
    >
      <Loaded query={moves}>
        {(known) => {
          const real = realMoves(known.moves)
          return real.length === 0 ? (
            <EmptyState title={t('moves.empty')} text={t('moves.emptyText')} />
          ) : (
            <MoveTable moves={real.slice(0, SHOWN)} />
          )
        }}
      </Loaded>
    </Card>
  )
}

const MoveTable = ({ moves }: { readonly moves: readonly Move[] }) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  return (
    <table className="plain-table" aria-label={t('moves.title')}>
      <thead>
        <tr>
          <th scope="col">{t('moves.move')}</th>
          <th scope="col" className="align-end">
            {t('segments.clients')}
          </th>
          <th scope="col" className="align-end">
            {t('moves.money')}
          </th>
        </tr>
      </thead>
      <tbody>
        {moves.map(({ from, to, count, ltv }) => (
          <tr key={`${from}${to}`}>
            <th scope="row">
              <span className={`move move-${moveTone(from, to)}`}>
                <SegmentChip dimension="lifecycle" segment={from} />
                <span aria-hidden="true">→</span>
                <span className="sr-only">{t('moves.to')}</span>
                <SegmentChip dimension="lifecycle" segment={to} />
              </span>
            </th>
            <td className="align-end figure">{format.number(count)}</td>
            <td className="align-end figure">{format.money(Math.round(ltv))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
