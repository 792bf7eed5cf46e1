import { useTranslation } from 'react-i18next'
import { usePipelineNames, WON } from '../inputs/pipeline-names.ts'
import type { Policy } from '../policy-types.ts'

type Chosen = Policy['purchasePipelines']

interface PurchasePipelinesProps {
  readonly value: Chosen
  readonly onChange: (value: Chosen) => void
}

/** Pipelines, and of each that counts the stages that mean a purchase. */
export const PurchasePipelines = ({ value, onChange }: PurchasePipelinesProps) => {
  const { t } = useTranslation('policy')
  const { pipelines, pipelineName, statusName, openStages } = usePipelineNames()
  const ids = [...new Set([...pipelines.map(({ id }) => id), ...value.map(({ pipelineId }) => pipelineId)])]
  const put = (pipelineId: number, statusIds: number[] | null) => {
    const others = value.filter((one) => one.pipelineId !== pipelineId)
    onChange(statusIds === null ? others : [...others, { pipelineId, statusIds }])
  }
  return (
    <ul className="pipelines">
      {ids.map((id) => {
        const chosen = value.find(({ pipelineId }) => pipelineId === id)
        const stages = [...new Set([...openStages(id).map((stage) => stage.id), WON, ...(chosen?.statusIds ?? [])])]
        return (
          <li key={id} className="pipeline">
            <label className="check-option">
              <input type="checkbox" checked={chosen !== undefined} onChange={() => put(id, chosen ? null : [WON])} />
              <strong>{pipelineName(id)}</strong>
            </label>
            {chosen && (
              <fieldset className="stages">
                <legend className="sr-only">{t('purchases.stages', { pipeline: pipelineName(id) })}</legend>
                {stages.map((stage) => (
                  <label key={stage} className="check-option">
                    <input
                      type="checkbox"
                      checked={chosen.statusIds.includes(stage)}
                      onChange={(event) =>
                        put(
                          id,
                          event.target.checked
                            ? [...chosen.statusIds, stage]
                            : chosen.statusIds.filter((one) => one !== stage),
                        )
                      }
                    />
                    <span>{statusName(id, stage)}</span>
                  </label>
                ))}
              </fieldset>
            )}
          </li>
        )
      })}
    </ul>
  )
}
