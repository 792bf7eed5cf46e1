import { useTranslation } from 'react-i18next'
import { useAccount } from '../../../api/account.ts'
import type { AccountStructure } from '../../../api/types.ts'

type Status = AccountStructure['pipelines'][number]['statuses'][number]

export const WON = 142
export const LOST = 143

const CLOSING: readonly number[] = [WON, LOST]

export interface PipelineNames {
  readonly pipelines: AccountStructure['pipelines']
  readonly pipelineName: (id: number) => string
  readonly statusName: (pipelineId: number, statusId: number) => string
  /** Stages in which a deal is open, in their order. */
  readonly openStages: (pipelineId: number) => readonly Status[]
}

/** Pipelines and stages by their names; what the account does not have stands under its number. */
export const usePipelineNames = (): PipelineNames => {
  const { t } = useTranslation('policy')
  const { pipelines } = useAccount().structure
  const found = (id: number) => pipelines.find((pipeline) => pipeline.id === id)
  return {
    pipelines,
    pipelineName: (id) => found(id)?.name ?? `#${id}`,
    statusName: (pipelineId, statusId) =>
      found(pipelineId)?.statuses.find((status) => status.id === statusId)?.name ??
      (CLOSING.includes(statusId) ? t(`status.${statusId}`) : `#${statusId}`),
    openStages: (pipelineId) => (found(pipelineId)?.statuses ?? []).filter(({ id }) => !CLOSING.includes(id)),
  }
}
