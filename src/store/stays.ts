import { isOpenDeal } from '../segmentation/deal-state.ts'
import type { Seconds } from '../segmentation/facts.ts'
import { GapHistogram } from '../segmentation/gap-histogram.ts'
import type { ClientDoc } from './client-doc.ts'
import type { IndexCommand } from './index-changes.ts'
import type { Keys } from './keys.ts'
import type { RedisClient } from './redis-client.ts'

const DAY = 86_400

/** Longer stays are counted as this long: a year in one stage is as unusual as two, days. */
const LONGEST_DAYS = 366

/** How long deals stayed in one stage. */
export interface StageStays {
  readonly pipelineId: number
  readonly statusId: number
  readonly lengths: GapHistogram
}

/** How long the deals of an account stayed in each open stage before they left it: one hash of counts by whole days. */
export class Stays {
  readonly #redis: RedisClient
  readonly #keys: Keys

  constructor(redis: RedisClient, keys: Keys) {
    this.#redis = redis
    this.#keys = keys
  }

  async read(accountId: number): Promise<StageStays[]> {
    const stages = new Map<string, StageStays>()
    for (const [field, count] of Object.entries(await this.#redis.hgetall(this.#keys.stays(accountId)))) {
      const [pipelineId = 0, statusId = 0, days = 0] = field.split(':').map(Number)
      const key = `${pipelineId}:${statusId}`
      const stage = stages.get(key) ?? { pipelineId, statusId, lengths: new GapHistogram() }
      stage.lengths.add(days * DAY, Number(count))
      stages.set(key, stage)
    }
    return [...stages.values()]
  }
}

/** The counts that follow from a change of a document: one for each deal that left an open stage. */
export function stayChanges(key: string, before: ClientDoc | null, after: ClientDoc | null): IndexCommand[] {
  if (before === null || after === null || before.deals === after.deals) return []
  const now = new Map(after.deals.map((deal) => [deal.id, deal]))
  return before.deals.flatMap((deal): IndexCommand[] => {
    const next = now.get(deal.id)
    if (!next || !isOpenDeal(deal) || deal.statusSince === null || next.statusSince === null) return []
    if (next.statusId === deal.statusId && next.pipelineId === deal.pipelineId) return []
    if (next.statusSince < deal.statusSince) return []
    const days = wholeDays(next.statusSince - deal.statusSince)
    return [{ command: 'HINCRBY', key, args: [`${deal.pipelineId}:${deal.statusId}:${days}`, '1'] }]
  })
}

function wholeDays(seconds: Seconds): number {
  return Math.min(LONGEST_DAYS, Math.max(1, Math.ceil(seconds / DAY)))
}
