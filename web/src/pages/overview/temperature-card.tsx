import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/use-api.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { ruleOfThumb } from './rule-of-thumb.ts'
import { type CountedSegment, SegmentTable } from './segment-table.tsx'

/** How warm the base is, and how that stands to the rule of thumb "warm > hot > cold". */
export const TemperatureCard = ({ segments }: { readonly segments: readonly CountedSegment[] }) => {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const total = segments.reduce((sum, { clients }) => sum + clients, 0)
  return (
    <Card title={t('temperature.title')} hint={t('temperature.hint')}>
      {total === 0 ? (
        <EmptyState title={t('lifecycle.empty')} text={t('lifecycle.emptyText')} />
      ) : (
        <>
          <StackedBar segments={segments} total={total} share={format.share} />
          <SegmentTable label={t('temperature.title')} segments={segments} />
          <Verdict segments={segments} />
        </>
      )}
    </Card>
  )
}

const Verdict = ({ segments }: { readonly segments: readonly CountedSegment[] }) => {
  const { t } = useTranslation('overview')
  const { lang } = useApi()
  const broken = ruleOfThumb(segments)
  const nameOf = (wanted: string) =>
    segments.find(({ segment }) => segment === wanted)?.name[lang].toLowerCase() ?? wanted
  return broken.length === 0 ? (
    <p className="thumb thumb-good">{t('temperature.good')}</p>
  ) : (
    <ul className="thumb thumb-warn">
      {broken.map(({ more, less }) => (
        <li key={`${more}${less}`}>
          {t('temperature.bad', { more: nameOf(more), less: nameOf(less) })} {t(`temperature.advice.${more}`)}
        </li>
      ))}
    </ul>
  )
}

interface StackedBarProps {
  readonly segments: readonly CountedSegment[]
  readonly total: number
  readonly share: (share: number) => string
}

/** The shares side by side; their figures stand in the table below. */
const StackedBar = ({ segments, total, share }: StackedBarProps) => (
  <div className="stacked-bar" aria-hidden="true">
    {segments
      .filter(({ clients }) => clients > 0)
      .map(({ segment, clients }) => (
        <span key={segment} className={`part part-${segment}`} style={{ flexGrow: clients }}>
          {clients / total >= 0.08 && share(clients / total)}
        </span>
      ))}
  </div>
)
