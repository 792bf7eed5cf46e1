import type { CompiledPolicy } from '../segmentation/compile-policy.ts'
import { isOpenDeal } from '../segmentation/deal-state.ts'
import type { AccountFacts, DealFacts } from '../segmentation/facts.ts'
import { fieldIdOf } from '../segmentation/policy/field-id-of.ts'

/** Source of a deal of which none is known. */
export const NO_SOURCE = 'none'

/** Longer marks are cut: they are shown and filtered by, nothing else. */
const MOST_CHARACTERS = 60

/** The field in which amoCRM keeps the UTM mark of the source; null: the account has none. */
export const sourceFieldOf = (account: AccountFacts): number | null => fieldIdOf('UTM_SOURCE', 'lead', account)

/** Where a deal came from: `utm:` and its mark in lower case, else `id:` and the lead source, else `none`. */
export const sourceOf = ({ fields, sourceId }: DealFacts, sourceField: number | null): string => {
  const mark = sourceField === null ? undefined : fields[sourceField]?.values[0]
  const text = mark === undefined ? '' : String(mark).trim().toLowerCase().slice(0, MOST_CHARACTERS)
  if (text !== '') return `utm:${text}`
  return sourceId ? `id:${sourceId}` : NO_SOURCE
}

/** Where a client stands among the deals: what his moves between segments are counted under. */
export interface ClientOrigin {
  /** Pipeline of his newest deal, his card aside; null: he has none. */
  readonly pipelineId: number | null
  /** Source of his first deal. */
  readonly source: string
}

export const originOf = (deals: readonly DealFacts[], { account, cardPipelineId }: CompiledPolicy): ClientOrigin => {
  let first: DealFacts | null = null
  let newest: DealFacts | null = null
  for (const deal of deals) {
    if (deal.pipelineId === cardPipelineId && isOpenDeal(deal)) continue
    if (first === null || isEarlier(deal, first)) first = deal
    if (newest === null || isEarlier(newest, deal)) newest = deal
  }
  const source = first === null ? NO_SOURCE : sourceOf(first, sourceFieldOf(account))
  return { pipelineId: newest?.pipelineId ?? null, source }
}

const isEarlier = (one: DealFacts, other: DealFacts): boolean =>
  one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.id < other.id)
