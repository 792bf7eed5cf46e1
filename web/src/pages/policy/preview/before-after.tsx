import { useTranslation } from 'react-i18next'
import { Card } from '../../../ui/card.tsx'
import { useFormat } from '../../../ui/use-format.ts'
import type { Policy, Preview } from '../policy-types.ts'
import { SEGMENTS } from '../sections/segments.ts'
import { countsByDimension } from './counts.ts'
import { usePreviewNames } from './preview-names.ts'

interface BeforeAfterProps {
  readonly policy: Policy
  readonly preview: Preview
}

/** Clients by segment, as they stand and as they would. */
export const BeforeAfter = ({ policy, preview }: BeforeAfterProps) => {
  const { t } = useTranslation('policy')
  const { number } = useFormat()
  const names = usePreviewNames(policy)
  const counts = [...countsByDimension(preview, SEGMENTS)]
  return (
    <Card title={t('preview.counts')}>
      <div className="plain-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('preview.segment')}</th>
              <th scope="col">{t('preview.before')}</th>
              <th scope="col">{t('preview.after')}</th>
              <th scope="col">{t('preview.difference')}</th>
            </tr>
          </thead>
          {counts.map(([dimension, segments]) => (
            <tbody key={dimension}>
              <tr>
                <th scope="rowgroup" colSpan={4} className="group-title">
                  {names.dimension(dimension)}
                </th>
              </tr>
              {segments.map(({ segment, before, after }) => (
                <tr key={segment}>
                  <th scope="row">{names.segment(dimension, segment)}</th>
                  <td>{number(before)}</td>
                  <td>{number(after)}</td>
                  <td className={after === before ? 'muted' : after > before ? 'up' : 'down'}>
                    {after === before ? '0' : `${after > before ? '+' : '−'}${number(Math.abs(after - before))}`}
                  </td>
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </Card>
  )
}
