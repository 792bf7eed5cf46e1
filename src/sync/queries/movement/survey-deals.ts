import { closingOf, isLostDeal, isOpenDeal } from '../../../segmentation/deal-state.ts'
import type { DealFacts, Seconds } from '../../../segmentation/facts.ts'
import { purchaseInstant } from '../../../segmentation/purchases.ts'
import { segmentsWhenBuying } from '../../../segmentation/segments-when-buying.ts'
import { LIFECYCLE_SEGMENTS, type LifecycleSegment } from '../../../segmentation/verdict.ts'
import type { CardFacts, ClientDoc } from '../../../store/client-doc.ts'
import { everyClient } from '../../../store/every-client.ts'
import type { AccountContext } from '../../account-context.ts'
import { clientFacts } from '../../client-facts.ts'
import { sourceFieldOf, sourceOf } from '../../deal-source.ts'
import { DealTable } from './deal-table.ts'

/** All deals of an account at one moment. */
export interface DealSurvey {
  /** Milliseconds. */
  readonly at: number
  readonly deals: DealTable
}

/** Goes over the whole mirror; no call to amoCRM. The cards of the client base are no deals with clients. */
export const surveyDeals = async (context: AccountContext): Promise<DealSurvey> => {
  const at = context.clock()
  const deals = new DealTable()
  const sourceField = sourceFieldOf(context.compiled.account)
  for await (const docs of everyClient(context.mirror, context.id)) {
    for (const doc of docs) addDeals(deals, doc, context, sourceField)
  }
  return { at, deals }
}

const addDeals = (table: DealTable, doc: ClientDoc, context: AccountContext, sourceField: number | null): void => {
  const { compiled } = context
  const bought = purchasesOf(doc, context)
  const clientNow = LIFECYCLE_SEGMENTS.find((segment) => segment === doc.decided?.lifecycle) ?? null
  for (const deal of doc.deals) {
    const boughtAs = bought.get(deal.id) ?? null
    if (deal.pipelineId === compiled.cardPipelineId && boughtAs === null) continue
    const state = boughtAs !== null ? 'won' : stateOf(deal)
    // Written out: to spread an object for each of hundreds of thousands of deals takes longer than to read them.
    table.add({
      id: deal.id,
      pipelineId: deal.pipelineId,
      statusId: deal.statusId,
      state,
      createdAt: deal.createdAt,
      at: boughtAs === null ? instantOf(deal) : purchaseInstant(deal, compiled.purchase.dateField),
      price: deal.price ?? 0,
      responsibleUserId: deal.responsibleUserId,
      source: sourceOf(deal, sourceField),
      lossReasonId: state === 'lost' ? deal.lossReasonId : null,
      boughtAs,
      clientNow,
    })
  }
}

const NO_CARD: CardFacts = {
  ...{ createdAt: 0, responsibleUserId: 0, tags: [], fields: {}, hasPhone: false, hasEmail: false },
  ...{ companyId: null, readAt: 0, wroteAt: 0 },
}

/** The deals that are purchases, each with the segment its client bought from. His card does not matter for it. */
const purchasesOf = (doc: ClientDoc, { compiled }: AccountContext): ReadonlyMap<number, LifecycleSegment> => {
  const facts = clientFacts({ ...doc, card: doc.card ?? NO_CARD })
  return new Map(
    segmentsWhenBuying(facts, compiled).flatMap(({ occasion, segment }) =>
      occasion.dealIds.map((id) => [id, segment] as const),
    ),
  )
}

const stateOf = (deal: DealFacts) => (isOpenDeal(deal) ? 'open' : isLostDeal(deal) ? 'lost' : 'won')

const instantOf = (deal: DealFacts): Seconds =>
  isOpenDeal(deal) ? (deal.statusSince ?? deal.updatedAt) : closingOf(deal)
