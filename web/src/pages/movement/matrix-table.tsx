import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import { useFormat } from '../../ui/use-format.ts'
import './matrix.css'
import type { Figures, Matrix } from './matrix-of.ts'

interface MatrixTableProps {
  readonly matrix: Matrix
  readonly dimension: string
  readonly measure: keyof Figures
}

/** Rows are where clients came from, columns where they went; the darker, the more. */
export const MatrixTable = ({ matrix, dimension, measure }: MatrixTableProps) => {
  const { t } = useTranslation('movement')
  const { rows, columns } = matrix
  const most = matrix.most(measure)
  return (
    <div className="matrix-scroll">
      <table className="matrix">
        <caption className="sr-only">{t('matrix.title')}</caption>
        <thead>
          <tr>
            <th scope="col" className="matrix-corner">
              {t('matrix.corner')}
            </th>
            {columns.map((to) => (
              <th key={String(to)} scope="col">
                {to === null ? t('matrix.gone') : <SegmentChip dimension={dimension} segment={to} />}
              </th>
            ))}
            <th scope="col">{t('matrix.left')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((from) => (
            <tr key={String(from)}>
              <th scope="row">
                {from === null ? t('matrix.first') : <SegmentLink dimension={dimension} segment={from} />}
              </th>
              {columns.map((to) => (
                <Cell
                  key={String(to)}
                  figures={matrix.cell(from, to)}
                  measure={measure}
                  most={from === null || to === null ? 0 : most}
                  isSame={from === to}
                />
              ))}
              <Total figures={matrix.left(from)} measure={measure} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('matrix.entered')}</th>
            {columns.map((to) => (
              <Total key={String(to)} figures={matrix.entered(to)} measure={measure} />
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </div>
  )
}

const SegmentLink = ({ dimension, segment }: { readonly dimension: string; readonly segment: string }) => {
  const { t } = useTranslation('movement')
  const { accountId } = useApi()
  return (
    <Link
      href={`/accounts/${accountId}/clients?${new URLSearchParams({ dimension, segment })}`}
      title={t('matrix.see')}
    >
      <SegmentChip dimension={dimension} segment={segment} />
    </Link>
  )
}

interface CellProps {
  readonly figures: Figures
  readonly measure: keyof Figures
  /** Of all cells; 0: this one has no heat. */
  readonly most: number
  readonly isSame: boolean
}

const Cell = ({ figures, measure, most, isSame }: CellProps) => {
  const format = useFormat()
  if (isSame) return <td className="matrix-same" />
  if (figures.count === 0) return <td className="matrix-none">·</td>
  const share = most === 0 ? 0 : figures[measure] / most
  const heat: CSSProperties & Record<'--heat', string> = { '--heat': `${Math.round(8 + share * 62)}%` }
  const [main, beside] = [format.number(figures.count), format.shortMoney(figures.ltv)]
  return (
    <td className={most === 0 ? '' : 'matrix-heat'} style={most === 0 ? {} : heat}>
      <strong>{measure === 'count' ? main : beside}</strong>
      <small>{measure === 'count' ? beside : main}</small>
    </td>
  )
}

const Total = ({ figures, measure }: { readonly figures: Figures; readonly measure: keyof Figures }) => {
  const format = useFormat()
  if (figures.count === 0) return <td className="matrix-none">·</td>
  return (
    <td className="matrix-total">
      {measure === 'count' ? format.number(figures.count) : format.shortMoney(figures.ltv)}
    </td>
  )
}
