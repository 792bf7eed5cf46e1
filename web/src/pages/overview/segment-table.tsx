import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { useApi } from '../../api/use-api.ts'
import { SegmentChip } from '../../ui/segment-chip.tsx'
import type { Segments } from '../../ui/segment-names.ts'
import { useFormat } from '../../ui/use-format.ts'

export type CountedSegment = Segments['segments'][number]

/** Segments with their clients and shares as a table; each leads to its clients. */
export const SegmentTable = ({
  label,
  segments,
}: {
  readonly label: string
  readonly segments: readonly CountedSegment[]
}) => {
  const { t } = useTranslation('overview')
  const { accountId } = useApi()
  const format = useFormat()
  const total = segments.reduce((sum, { clients }) => sum + clients, 0)
  return (
    <table className="plain-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t('segments.segment')}</th>
          <th scope="col" className="align-end">
            {t('segments.clients')}
          </th>
          <th scope="col" className="align-end">
            {t('segments.share')}
          </th>
        </tr>
      </thead>
      <tbody>
        {segments.map(({ dimension, segment, clients }) => (
          <tr key={segment}>
            <th scope="row">
              <Link href={`/accounts/${accountId}/clients?dimension=${dimension}&segment=${segment}`}>
                <SegmentChip dimension={dimension} segment={segment} />
              </Link>
            </th>
            <td className="align-end figure">{format.number(clients)}</td>
            <td className="align-end figure">{total === 0 ? '—' : format.share(clients / total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
