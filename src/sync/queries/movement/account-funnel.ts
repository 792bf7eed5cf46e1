import { type AccountContext, nowSeconds } from '../../account-context.ts'
import type { DealTable } from './deal-table.ts'
import { type Funnel, type FunnelQuery, funnel } from './funnel.ts'

/** The funnel of an account this moment; its pipeline of client cards is none. */
export const accountFunnel = async (context: AccountContext, deals: DealTable, query: FunnelQuery): Promise<Funnel> => {
  const { account, cardPipelineId } = context.compiled
  const pipelines = account.pipelines.filter(({ id }) => id !== cardPipelineId)
  return funnel({ deals, pipelines, stays: await context.stays.read(context.id) }, query, nowSeconds(context))
}
