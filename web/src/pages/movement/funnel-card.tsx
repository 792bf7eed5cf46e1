import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useGet } from '../../api/use-get.ts'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Stat } from '../../ui/stat.tsx'
import { useFormat } from '../../ui/use-format.ts'
import { AsOf } from './as-of.tsx'
import type { Funnel } from './movement-types.ts'
import { PipelineStages } from './pipeline-stages.tsx'
import { StuckTable } from './stuck-table.tsx'
import type { MovementFilter } from './use-movement-filter.ts'

/** Days after which a deal may be taken for stuck; none: longer than is usual in its stage. */
const LIMITS = ['', '7', '14', '30', '60'] as const

/** The open deals by stage, and which of them are stuck. */
export const FunnelCard = ({ filter }: { readonly filter: MovementFilter }) => {
  const { t } = useTranslation('movement')
  const [stuckDays, setStuckDays] = useState('')
  const query = { ...filter.deals, stuckDays: stuckDays || null, limit: 200 }
  const funnel = useGet<Funnel>('/funnel', query, { keepPrevious: true })
  return (
    <Card
      title={t('funnel.title')}
      hint={t('funnel.hint')}
      actions={
        <label className="movement-limit">
          <span>{t('funnel.limit')}</span>
          <select value={stuckDays} onChange={({ target }) => setStuckDays(target.value)}>
            {LIMITS.map((days) => (
              <option key={days} value={days}>
                {days === '' ? t('funnel.usual') : t('funnel.longer', { count: Number(days) })}
              </option>
            ))}
          </select>
        </label>
      }
    >
      <Loaded query={funnel}>{(found) => <FunnelFigures funnel={found} />}</Loaded>
    </Card>
  )
}

const FunnelFigures = ({ funnel }: { readonly funnel: Funnel }) => {
  const { t } = useTranslation('movement')
  const format = useFormat()
  const { open, stuck } = funnel.total
  const pipelines = funnel.pipelines.filter(({ stages }) => stages.some((stage) => stage.open.deals > 0))
  if (pipelines.length === 0) return <EmptyState title={t('funnel.empty')} text={t('funnel.emptyText')} />
  return (
    <>
      <dl className="stats">
        <Stat label={t('funnel.open')} value={format.number(open.deals)} hint={format.money(open.sum)} />
        <Stat
          label={t('funnel.stuck')}
          value={format.number(stuck.deals)}
          hint={`${format.money(stuck.sum)} · ${format.share(open.deals === 0 ? 0 : stuck.deals / open.deals)}`}
          tone={stuck.deals === 0 ? 'good' : 'warn'}
        />
      </dl>
      {pipelines.map((pipeline) => (
        <PipelineStages key={pipeline.id} pipeline={pipeline} />
      ))}
      {funnel.stuck.length > 0 && (
        <>
          <h3>{t('funnel.stuckList', { count: funnel.stuck.length })}</h3>
          <StuckTable deals={funnel.stuck} total={stuck.deals} />
        </>
      )}
      <AsOf at={funnel.asOf} />
    </>
  )
}
