import type { AccountContext } from '../../../sync/account-context.ts'
import { countedSegmentsOf } from '../../../sync/segment-day.ts'

/** Whether the account's policy has no such segment. */
export const unknownSegment = (
  context: AccountContext,
  named: { readonly dimension: string; readonly segment: string },
): boolean =>
  !countedSegmentsOf(context).some(
    ({ dimension, segment }) => dimension === named.dimension && segment === named.segment,
  )

/** Whether the account's policy has no such dimension. */
export const unknownDimension = (context: AccountContext, named: string): boolean =>
  !countedSegmentsOf(context).some(({ dimension }) => dimension === named)
