import type { Redis } from 'ioredis'
import { type AccountContext, nowSeconds } from '../../src/sync/account-context.ts'

const AT_ONCE = 1_000
const SECONDS_APART = 300

const BEFORE = { lifecycle: 'one_time', temperature: 'hot', standing: null, tier: null, rules: [] } as const
const AFTER = { ...BEFORE, lifecycle: 'sleeping', temperature: 'warm' } as const

/** Puts moves between segments into an account's record, some minutes apart, the last one now. */
export async function transitionsOf(redis: Redis, context: AccountContext, count: number): Promise<void> {
  const now = nowSeconds(context)
  for (let from = 0; from < count; from += AT_ONCE) {
    const pipeline = redis.pipeline()
    for (let index = from; index < Math.min(count, from + AT_ONCE); index += 1) {
      const at = now - (count - index - 1) * SECONDS_APART
      const known = { responsibleUserId: 1 + (index % 5), ltv: 12_500, pipelineId: 1, source: 'utm:yandex' }
      const ref = { kind: 'contact', id: 30_000_001 + index * 7 } as const
      const [ofAll] = context.transitions.record(context.id, ref, { ...BEFORE, at }, { ...AFTER, at }, known)
      if (ofAll) pipeline.call(ofAll.command, ofAll.key, ...ofAll.args)
    }
    await pipeline.exec()
  }
}
