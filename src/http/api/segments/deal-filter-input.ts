import { z } from 'zod'
import type { DealFilter } from '../../../sync/queries/movement/deal-filter.ts'
import { idParam } from '../route-answers.ts'

export const sourceSchema = z
  .string()
  .describe('`utm:` and the UTM mark of the source, `id:` and the id of the lead source, or `none`.')

/** Which deals, or whose moves, are counted; what is left out counts all. */
export const dealFilterInput = {
  pipelineId: idParam.optional(),
  responsibleUserId: idParam.optional(),
  source: sourceSchema.max(80).optional(),
}

export const readDealFilter = (
  query: { readonly [Name in keyof DealFilter]?: DealFilter[Name] | undefined },
): DealFilter => ({
  pipelineId: query.pipelineId ?? null,
  responsibleUserId: query.responsibleUserId ?? null,
  source: query.source ?? null,
})
