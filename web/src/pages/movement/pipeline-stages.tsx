import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../ui/use-format.ts'
import './funnel.css'
import type { FunnelPipeline, FunnelStage } from './movement-types.ts'

/** The stages of a pipeline one under the other, each as wide as it has deals; the stuck part stands out. */
export const PipelineStages = ({ pipeline }: { readonly pipeline: FunnelPipeline }) => {
  const { t } = useTranslation('movement')
  const most = Math.max(1, ...pipeline.stages.map(({ open }) => open.deals))
  return (
    <table className="funnel">
      <caption>{pipeline.name}</caption>
      <thead>
        <tr>
          <th scope="col">{t('funnel.stage')}</th>
          <th scope="col" className="funnel-wide">
            {t('funnel.open')}
          </th>
          <th scope="col" className="align-end">
            {t('funnel.sum')}
          </th>
          <th scope="col" className="align-end">
            {t('funnel.stuck')}
          </th>
          <th scope="col">{t('funnel.norm')}</th>
        </tr>
      </thead>
      <tbody>
        {pipeline.stages.map((stage) => (
          <StageRow key={stage.id} stage={stage} most={most} />
        ))}
      </tbody>
    </table>
  )
}

const StageRow = ({ stage, most }: { readonly stage: FunnelStage; readonly most: number }) => {
  const { t } = useTranslation('movement')
  const format = useFormat()
  const { open, stuck, stuckAfter } = stage
  const widths: CSSProperties & Record<`--${string}`, string> = {
    '--all': `${(open.deals / most) * 100}%`,
    '--stuck': `${open.deals === 0 ? 0 : (stuck.deals / open.deals) * 100}%`,
  }
  return (
    <tr>
      <th scope="row" className="funnel-stage">
        {stage.name}
      </th>
      <td className="funnel-wide">
        <div className="funnel-line">
          <span className="funnel-bar" style={widths} aria-hidden="true" />
          <strong className="figure">{format.number(open.deals)}</strong>
        </div>
      </td>
      <td className="align-end figure funnel-sum">{format.shortMoney(open.sum)}</td>
      <td className={`align-end figure funnel-part ${stuck.deals > 0 ? 'funnel-stuck' : 'muted'}`}>
        {stuck.deals === 0 ? '—' : `${format.number(stuck.deals)} · ${format.shortMoney(stuck.sum)}`}
      </td>
      <td className="muted funnel-norm" title={t(`funnel.basis.${stuckAfter.basis}`)}>
        {t('funnel.upTo', { count: stuckAfter.days })}
        <small>{t(`funnel.basisShort.${stuckAfter.basis}`)}</small>
      </td>
    </tr>
  )
}
