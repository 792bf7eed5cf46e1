import { type CSSProperties, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Policy, Preview } from '../policy-types.ts'
import { SEGMENTS } from '../sections/segments.ts'
import { matrixOf, movingDimensions } from './counts.ts'
import { usePreviewNames } from './preview-names.ts'

const ORDERS: Readonly<Record<string, readonly string[]>> = SEGMENTS

interface MovesMatrixProps {
  readonly policy: Policy
  readonly preview: Preview
}

/** From which segment to which clients would go, those who stay on the diagonal. */
export const MovesMatrix = ({ policy, preview }: MovesMatrixProps) => {
  const { t } = useTranslation('policy')
  const { number } = useFormat()
  const names = usePreviewNames(policy)
  const dimensions = movingDimensions(preview)
  const [chosen, setChosen] = useState<string | null>(null)
  const dimension = dimensions.find((one) => one === chosen) ?? dimensions[0]
  if (dimension === undefined) {
    return (
      <Card title={t('preview.matrix')}>
        <EmptyState title={t('preview.noMoves')} text={t('preview.noMovesText')} />
      </Card>
    )
  }
  const { segments, clients } = matrixOf(preview, dimension, ORDERS[dimension])
  const most = Math.max(1, ...segments.flatMap((from) => segments.map((to) => (from === to ? 0 : clients(from, to)))))
  const shade = (count: number): CSSProperties & Record<'--shade', number> => ({ '--shade': count / most })
  return (
    <Card
      title={t('preview.matrix')}
      hint={t('preview.matrixText')}
      actions={
        dimensions.length > 1 && (
          <select
            className="quiet-select"
            aria-label={t('preview.dimension')}
            value={dimension}
            onChange={(event) => setChosen(event.target.value)}
          >
            {dimensions.map((one) => (
              <option key={one} value={one}>
                {names.dimension(one)}
              </option>
            ))}
          </select>
        )
      }
    >
      <div className="plain-scroll">
        <table className="plain-table matrix">
          <thead>
            <tr>
              <th scope="col">{t('preview.fromTo')}</th>
              {segments.map((to) => (
                <th key={to} scope="col">
                  {names.segment(dimension, to)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {segments.map((from) => (
              <tr key={from}>
                <th scope="row">{names.segment(dimension, from)}</th>
                {segments.map((to) => {
                  const count = clients(from, to)
                  const kind = from === to ? 'stay' : count > 0 ? 'move' : 'none'
                  return (
                    <td key={to} className={`cell-${kind}`} style={shade(from === to ? 0 : count)}>
                      {from === null && to === null ? '' : number(count)}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}
